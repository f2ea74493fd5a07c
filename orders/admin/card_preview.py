"""How a service or an expert will look in the shop, before anything is saved."""

from typing import Any, TypeVar
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods
from unfold.admin import ModelAdmin

M = TypeVar("M", bound=Model)


class PreviewedAdmin(ModelAdmin[M]):
    """Adds the card to the page of one object, in a frame with the shop's own style.

    The page's whole form is posted to the frame's address: what can be read of it is
    shown, nothing is saved. The form knows by `is_preview` not to ask questions.
    """

    # The component of the shop; it gets the object by its model's name.
    preview_card = ""
    change_form_after_template = "admin/orders/_preview.html"

    class Media:
        css = {"all": ("admin/orders/preview.css",)}
        js = ("admin/orders/preview.js",)

    def blank(self) -> M:
        """What the card of an object shows that has nothing yet."""
        raise NotImplementedError

    def prepare_card(self, obj: M, form: ModelForm[M] | None) -> None:
        """Last touches before `obj` is shown; `form` is what was posted, if it was."""

    def get_urls(self) -> list[URLPattern]:
        checked = self.admin_site.admin_view(
            xframe_options_sameorigin(
                require_http_methods(["GET", "HEAD", "POST"])(self.preview_view)
            )
        )
        name = self._preview_url_name()
        return [
            path("preview/", checked, name=f"{name}_new"),
            path("<uuid:key>/preview/", checked, name=name),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, key: UUID | None = None) -> Any:
        """The card: as saved, or, posted, as the form would save it."""
        obj = self._shown(request, key)
        form = None
        if request.method == "POST":
            form = self._filled_in(request, obj, is_new=key is None)
            obj = form.instance
        self.prepare_card(obj, form)
        context = {"card": self.preview_card, str(obj._meta.model_name): obj}
        return render(request, "admin/orders/card_preview.html", context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        name = f"admin:{self._preview_url_name()}"
        if object_id is None:
            context = {"preview_url": reverse(f"{name}_new"), "may_edit": True}
        else:
            context = self._of_saved(request, object_id, name)
        response: HttpResponse = super().changeform_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )
        return response

    def _of_saved(
        self, request: HttpRequest, object_id: str, name: str
    ) -> dict[str, Any]:
        try:
            address = reverse(name, args=[UUID(unquote(object_id))])
        except ValueError:
            return {}
        return {
            "preview_url": address,
            "may_edit": self.has_change_permission(request),
        }

    def _shown(self, request: HttpRequest, key: UUID | None) -> M:
        """Raises PermissionDenied and Http404."""
        if key is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return self.blank()
        is_post = request.method == "POST"
        may = self.has_change_permission if is_post else self.has_view_permission
        if not may(request):
            raise PermissionDenied
        obj: M | None = self.get_queryset(request).filter(pk=key).first()
        if obj is None:
            raise Http404
        return obj

    def _filled_in(self, request: HttpRequest, obj: M, *, is_new: bool) -> ModelForm[M]:
        form_class = self.get_form(request, None if is_new else obj, change=not is_new)
        form: ModelForm[M] = form_class(request.POST, request.FILES, instance=obj)
        form.is_preview = True  # type: ignore[attr-defined]
        form.is_valid()  # what is wrong is left as it was
        return form

    def _preview_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"
