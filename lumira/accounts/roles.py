"""What the people of the staff may do, as Django groups.

Each floor says in its own `roles.py` what its part of a role is, and a migration of
that floor gives it. From then on a group is edited in the admin, and stays as edited:
a permission that comes later is given by the migration that makes it.
"""

from collections.abc import Collection, Mapping

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import models


class Role(models.TextChoices):
    """The value is the name of the group."""

    EXPERT = "Expert", "Expert"
    VALIDATOR = "Validateur", "Validateur"
    SUPPORT = "Support", "Support"
    FINANCE = "Finance", "Finance"
    ADMINISTRATOR = "Administrateur", "Administrateur"


# "app.codename", as `has_perm` takes it.
Grants = Mapping[Role, Collection[str]]

GRANTS: Grants = {
    Role.ADMINISTRATOR: (
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.delete_user",
        "auth.view_group",
        "auth.change_group",
        "audit.view_auditentry",
    ),
}


def grant(apps: Apps, grants: Grants) -> None:
    """Make the five groups, and add these permissions. Safe to repeat; takes nothing.

    A permission that `apps` (a migration's) does not know yet is left to the
    migration that makes it.
    """
    wanted = {name for names in grants.values() for name in names}
    # Django makes permissions after all migrations; a group needs them now.
    for label in {name.partition(".")[0] for name in wanted}:
        config = installed.get_app_config(label)
        create_permissions(config, verbosity=0, apps=apps)
    permission = apps.get_model("auth", "Permission")
    codenames = [name.partition(".")[2] for name in wanted]
    content_types = dict(
        apps.get_model("contenttypes", "ContentType").objects.values_list(
            "pk", "app_label"
        )
    )
    known = {
        f"{content_types[found.content_type_id]}.{found.codename}": found
        for found in permission.objects.filter(codename__in=codenames)
    }
    group = apps.get_model("auth", "Group")
    for role in Role:
        names = grants.get(role, ())
        row, _ = group.objects.get_or_create(name=role.value)
        row.permissions.add(*(known[name] for name in names if name in known))
