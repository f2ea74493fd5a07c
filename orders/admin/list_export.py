"""A list of the admin as a file: what is filtered and searched, and all its pages."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from lumira.audit.recording import record
from lumira.kit.spreadsheets import CSV_TYPE, XLSX_TYPE, Row, csv_chunks, xlsx_file

M = TypeVar("M", bound=Model)

# How many rows are in memory at a time.
BATCH = 500


class ExportableAdmin(ModelAdmin[M]):
    """Adds the buttons above the list and what they post to.

    Posted, because the journal notes who took what away. Whoever may not see a row
    of the list does not get it in the file either: both are the same query.
    """

    # The journal's word for it, and the beginning of the file's name.
    export_action = ""
    export_name = ""
    export_titles: Sequence[str] = ()

    def exported_rows(self, request: HttpRequest, batch: Sequence[M]) -> Iterator[Row]:
        """These objects as rows, a cell for each of `export_titles`."""
        raise NotImplementedError

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.export_order")

    def get_urls(self) -> list[URLPattern]:
        export = path(
            "export/<slug:extension>/",
            self.admin_site.admin_view(require_POST(self.export_view)),
            name=self._export_url_name(),
        )
        return [export, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        exports = {}
        if self.has_export_permission(request):
            exports = {
                f"export_{extension}_url": reverse(
                    f"admin:{self._export_url_name()}", args=[extension]
                )
                for extension in ("csv", "xlsx")
            }
        response: HttpResponse = super().changelist_view(
            request, exports | (extra_context or {})
        )
        return response

    def export_view(self, request: HttpRequest, extension: str) -> HttpResponseBase:
        """The list that the address describes, in this format. Notes it first."""
        may_see = self.has_view_permission(request)
        if not (may_see and self.has_export_permission(request)):
            raise PermissionDenied
        if extension not in {"csv", "xlsx"}:
            return HttpResponseBadRequest()
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            # The list itself says what is wrong.
            return redirect(f"{self._list_url()}?{request.GET.urlencode()}")
        record(
            self.export_action,
            by=request.user.get_username(),
            after={"format": extension, "rows": changelist.result_count}
            | _narrowed_by(request, changelist),
        )
        rows = self._rows(request, changelist.queryset)
        name = f"{self.export_name}-{localdate():%Y-%m-%d}.{extension}"
        response: FileResponse | StreamingHttpResponse
        if extension == "xlsx":
            response = FileResponse(
                xlsx_file(self.export_titles, rows), content_type=XLSX_TYPE
            )
        else:
            chunks = csv_chunks(self.export_titles, rows)
            response = StreamingHttpResponse(chunks, content_type=CSV_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _rows(self, request: HttpRequest, found: QuerySet[M]) -> Iterator[Row]:
        batch: list[M] = []
        for row in found.iterator(chunk_size=BATCH):
            batch.append(row)
            if len(batch) == BATCH:
                yield from self.exported_rows(request, batch)
                batch = []
        yield from self.exported_rows(request, batch)

    def _export_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def _narrowed_by(request: HttpRequest, changelist: ChangeList) -> dict[str, Any]:
    """Which filters were set, and whether something was searched for.

    Not what: that is often a customer's name or address.
    """
    known = {
        parameter
        for spec in changelist.filter_specs
        for parameter in spec.expected_parameters()
    }
    filters = {name: request.GET[name] for name in request.GET if name in known}
    return {"filters": filters, "searched": bool(request.GET.get(SEARCH_VAR))}
