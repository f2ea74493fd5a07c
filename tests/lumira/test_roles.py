"""The five groups that `migrate` makes, and what each may do."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from lumira.accounts.roles import Role, grant
from tests.factories.staff import ALL_GRANTS, make_staff, restore_roles

pytestmark = pytest.mark.django_db


def granted(role: Role) -> set[str]:
    group = Group.objects.get(name=role)
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in group.permissions.prefetch_related("content_type")
    }


@pytest.mark.parametrize("role", Role)
def test_a_migrated_database_has_the_role_with_all_it_may_do(role: Role) -> None:
    tables = {name for grants in ALL_GRANTS for name in grants.get(role, ())}

    assert granted(role) == tables


def test_every_permission_that_is_granted_exists() -> None:
    there = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.prefetch_related("content_type")
    }

    for grants in ALL_GRANTS:
        for names in grants.values():
            assert set(names) <= there


def test_an_administrator_may_do_whatever_another_role_may() -> None:
    others = set().union(*(granted(role) for role in Role))

    assert granted(Role.ADMINISTRATOR) == others


def test_only_those_who_need_them_read_the_customers_answers() -> None:
    readers = {role for role in Role if "orders.view_intake" in granted(role)}

    assert readers == {Role.EXPERT, Role.VALIDATOR, Role.ADMINISTRATOR}


def test_nobody_writes_and_validates_but_an_administrator() -> None:
    both = {"orders.write_reading", "orders.validate_reading"}

    assert {role for role in Role if both <= granted(role)} == {Role.ADMINISTRATOR}


def test_a_grant_takes_nothing_away_and_is_safe_to_repeat() -> None:
    support = Group.objects.get(name=Role.SUPPORT)
    extra = Permission.objects.get(codename="view_intake")
    support.permissions.add(extra)
    before = {role: granted(role) for role in Role}

    for _time in range(2):
        grant(apps, {Role.FINANCE: ["payments.view_payment"]})

    assert {role: granted(role) for role in Role} == before


def test_a_permission_that_is_not_there_yet_is_left_to_its_migration() -> None:
    before = granted(Role.FINANCE)

    grant(apps, {Role.FINANCE: ["payments.fly", "payments.view_payment"]})

    assert granted(Role.FINANCE) == before


def test_roles_that_are_gone_come_back() -> None:
    before = {role: granted(role) for role in Role}
    Group.objects.all().delete()

    restore_roles()

    assert {role: granted(role) for role in Role} == before


def test_a_person_of_a_role_may_do_what_it_may() -> None:
    person = make_staff(Role.SUPPORT, Role.FINANCE)

    assert person.has_perms(["orders.assign_order", "payments.add_refund"])
    assert not person.has_perm("orders.validate_reading")
