"""What the pages of services and experts have in common."""

from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from lumira.audit.audited_admin import AuditedAdmin
from orders.admin.card_preview import PreviewedAdmin
from orders.admin.english_texts import (
    EnglishFilter,
    english_state,
    tell_of_stale_english,
)
from orders.models.in_two_languages import InTwoLanguages

M = TypeVar("M", bound=InTwoLanguages)

SLUG_HELP = "Dans les liens et dans l’API. La changer casse les liens déjà donnés."


class CatalogueAdmin(PreviewedAdmin[M], AuditedAdmin[M]):
    """Rows that orders point to: such a row is hidden from the shop, never deleted.

    A row has a `name` and a `slug`, and its page shows its card of the shop.
    """

    # Deleting is done one by one, where it can be explained.
    actions = None
    list_select_related = ()
    list_filter: Any = (EnglishFilter,)
    # Says what to do instead of deleting.
    hide_instead = ""

    def is_ordered(self, obj: M) -> bool:
        raise NotImplementedError

    @admin.display(description="anglais")
    def english(self, row: M) -> SafeString | str:
        return english_state(row)

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        tell_of_stale_english(request, form)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: M | None = None
    ) -> dict[str, Any]:
        # A link that was given out does not follow a new name.
        return {} if obj else {"slug": ("name",)}

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if (
            obj is not None
            and self.has_delete_permission(request, obj)
            and self.is_ordered(obj)
        ):
            refusal = f"« {obj} » a des commandes et ne peut pas être supprimé."
            self.message_user(request, f"{refusal} {self.hide_instead}", messages.ERROR)
            page = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change"
            return redirect(page, object_id)
        response: HttpResponse = super().delete_view(request, object_id, extra_context)
        return response
