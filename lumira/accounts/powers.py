"""Nobody gives, or takes over, a permission that they do not have themselves.

Without this rule whoever may edit people could set a new password for somebody more
powerful, or put themselves into any role.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from lumira.accounts.models import User

# "app.codename", as `has_perm` takes it.
Powers = set[str]


def may_manage(actor: Any, person: User) -> bool:
    """Whether `actor` has everything that `person` has, or would have if active."""
    if actor.is_superuser:
        return True
    own: Powers = actor.get_all_permissions()
    return not person.is_superuser and powers_of(person) <= own


def may_edit_role(actor: Any, role: Group) -> bool:
    own: Powers = actor.get_all_permissions()
    return bool(actor.is_superuser) or powers_of_roles([role.pk])[role.pk] <= own


def givable_roles(actor: Any) -> list[Any]:
    """The keys of the roles that give nothing which `actor` has not."""
    keys = list(Group.objects.values_list("pk", flat=True))
    if actor.is_superuser:
        return keys
    powers, own = powers_of_roles(keys), actor.get_all_permissions()
    return [key for key in keys if powers[key] <= own]


def givable_permissions(actor: Any) -> list[Any]:
    """The keys of the permissions that `actor` has."""
    names, own = _names(), actor.get_all_permissions()
    return [key for key, name in names.items() if actor.is_superuser or name in own]


def powers_of(person: User) -> Powers:
    """Of an inactive person too: `get_all_permissions` says that they have none."""
    names = _names()
    own = User.user_permissions.through.objects.filter(user_id=person.pk)
    roles = User.groups.through.objects.filter(user_id=person.pk)
    keys = list(roles.values_list("group_id", flat=True))
    given = {names[key] for key in own.values_list("permission_id", flat=True)}
    return given.union(*powers_of_roles(keys, names).values())


def powers_of_roles(
    keys: Iterable[Any], names: dict[Any, str] | None = None
) -> dict[Any, Powers]:
    names = names or _names()
    powers: dict[Any, Powers] = defaultdict(set)
    rows = Group.permissions.through.objects.filter(group_id__in=list(keys))
    for role, permission in rows.values_list("group_id", "permission_id"):
        powers[role].add(names[permission])
    return powers


def _names() -> dict[Any, str]:
    """Read without joins, which are slow on MongoDB."""
    apps = dict(ContentType.objects.values_list("pk", "app_label"))
    rows = Permission.objects.values_list("pk", "content_type_id", "codename")
    return {key: f"{apps[kind]}.{codename}" for key, kind, codename in rows}
