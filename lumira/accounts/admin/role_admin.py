from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import ManyToManyField
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from lumira.accounts.admin.permissions_field import PermissionsField
from lumira.accounts.powers import givable_permissions, may_edit_role
from lumira.accounts.roles import Role
from lumira.audit.audited_admin import AuditedAdmin

admin.site.unregister(Group)

# As the menu calls it. No migration comes of it: those read what the class said.
Group._meta.verbose_name = "rôle"
Group._meta.verbose_name_plural = "rôles"


@admin.register(Group)
class RoleAdmin(AuditedAdmin[Group], DjangoGroupAdmin, ModelAdmin):
    """What each role may do. Edited only by who has all of it."""

    fields = ("name", "permissions")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def has_change_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or may_edit_role(request.user, obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        may = bool(super().has_delete_permission(request, obj))
        return may and (obj is None or may_edit_role(request.user, obj))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Group | None = None
    ) -> tuple[str, ...]:
        """The five roles are found by their names."""
        return ("name",) if obj and obj.name in Role.values else ()

    def formfield_for_manytomany(
        self,
        db_field: ManyToManyField[Any, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> Any:
        if request and not request.user.is_superuser:
            keys = givable_permissions(request.user)
            kwargs["queryset"] = Permission.objects.filter(pk__in=keys)
        kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)
