from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from lumira.accounts.models import User


class RoleFilter(SimpleListFilter):
    """Who has this role; looked up beforehand instead of joined."""

    title = "rôle"
    parameter_name = "role"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(group.name, group.name) for group in Group.objects.order_by("name")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> QuerySet[User]:
        if self.value() is None:
            return queryset
        roles = list(Group.objects.filter(name=self.value()).values_list("pk"))
        rows = User.groups.through.objects.filter(
            group_id__in=[key for (key,) in roles]
        )
        return queryset.filter(pk__in=list(rows.values_list("user_id", flat=True)))
