"""People of the staff, with the roles that `migrate` made."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from lumira.accounts import roles as accounts_roles
from lumira.accounts.models import User
from lumira.accounts.roles import Role, grant
from lumira.outbox import roles as outbox_roles
from orders import roles as orders_roles
from payments import roles as payments_roles

ALL_GRANTS = (
    accounts_roles.GRANTS,
    outbox_roles.GRANTS,
    orders_roles.GRANTS,
    payments_roles.GRANTS,
)


def restore_roles() -> None:
    """The groups of a migrated database: tests with real transactions empty it."""
    for grants in ALL_GRANTS:
        grant(apps, grants)


def make_staff(*roles: Role, username: str = "", **fields: Any) -> User:
    """Somebody with a login and these roles; named after the first, or claire."""
    username = username or (roles[0].value.lower() if roles else "claire")
    user = User.objects.create_user(username, is_staff=True, **fields)
    wanted = [role.value for role in roles]
    groups = list(Group.objects.filter(name__in=wanted))
    if len(groups) < len(set(wanted)):
        restore_roles()
        groups = list(Group.objects.filter(name__in=wanted))
    user.groups.add(*groups)
    return user


def client_of(user: User) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(user)
    return client
