from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin

M = TypeVar("M", bound=Model)


class ReadOnlyAdmin(ModelAdmin[M]):
    """Rows that are looked at here and changed only by actions."""

    show_full_result_count = False
    list_select_related = ()
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
