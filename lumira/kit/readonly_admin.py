"""Pages of the admin that only show, and the cells they are made of."""

from datetime import datetime
from typing import Any, TypeVar

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import (
    ALL_VAR,
    ORDER_VAR,
    PAGE_VAR,
    ChangeList,
)
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django_stubs_ext import StrOrPromise
from unfold.admin import ModelAdmin, TabularInline

from lumira.kit.far_pages import FarPaginator

M = TypeVar("M", bound=Model)


class ReadOnlyAdmin(ModelAdmin[M]):
    """Rows that are looked at here and changed only by actions."""

    show_full_result_count = False
    list_select_related = ()
    list_per_page = 50
    paginator = FarPaginator
    # A count for each choice of each filter would read the table as often.
    show_facets = ShowFacets.NEVER

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A filter that was left empty is none: it is not shown as set.

        Nor is one with a NUL, which PostgreSQL does not take.
        """
        given = request.GET.copy()
        for name, values in request.GET.lists():
            if not any(values) or "\0" in "".join(values):
                del given[name]
        request.GET = given  # type: ignore[assignment]
        changelist: ChangeList = super().get_changelist_instance(request)
        if not request.GET.keys() - {ORDER_VAR, PAGE_VAR, ALL_VAR}:
            # All is shown: the title has no use for "show all".
            changelist.full_result_count = changelist.result_count
        return changelist

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(TabularInline):
    """Rows of another table, on the page of the object they belong to, if any."""

    template = "admin/_rows_if_any.html"
    extra = 0
    can_delete = False
    hide_title = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def badge(text: StrOrPromise, colour: str = "") -> SafeString:
    """A coloured word: info, success, warning, danger, primary, or grey."""
    # unfold's own @display(label=…) colours lists only, not the page of one row.
    context = {"text": text, "type": colour}
    return render_to_string("unfold/helpers/label.html", context)


def two_lines(first: str, second: str) -> SafeString:
    """A cell of a list that names a person or a thing, and says more below."""
    context = {"first": first, "second": second}
    return render_to_string("admin/_two_lines.html", context)


def short_moment(moment: datetime | None) -> str:
    """22/11/2026 21:07, in the shop's time zone; a dash for never."""
    if moment is None:
        return "-"
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def external_link(url: str, text: str) -> SafeString:
    """A link out of the admin: a new tab that is not told where it comes from."""
    return format_html(
        '<a href="{}" class="text-link" target="_blank" rel="noopener noreferrer">'
        "{}</a>",
        url,
        text,
    )
