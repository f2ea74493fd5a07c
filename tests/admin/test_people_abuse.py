"""The pages of the staff, as those who would abuse them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import TwoFactor, User
from lumira.accounts.roles import Role
from tests.admin.person_form import NEW_PASSWORD, answers_of, role
from tests.admin.reading_pages import list_url, markup, page_url
from tests.factories.logins import give_phone
from tests.factories.staff import client_of, make_staff
from tests.lumira.guessing import fail, is_locked

pytestmark = pytest.mark.django_db
PEOPLE = "accounts_user"


@pytest.fixture
def chief() -> Client:
    return client_of(make_staff(Role.ADMINISTRATOR))


def test_nobody_deactivates_or_deletes_themselves(chief: Client) -> None:
    me = User.objects.get(username="administrateur")

    chief.post(page_url(PEOPLE, me.pk), answers_of(me, is_active=None))
    delete = reverse("admin:accounts_user_delete", args=[me.pk])
    answer = chief.post(delete, {"post": "yes"})

    me.refresh_from_db()
    assert me.is_active
    assert answer.status_code == 403


def test_nobody_makes_a_superuser_but_a_superuser(chief: Client) -> None:
    me = User.objects.get(username="administrateur")
    nadia = make_staff(Role.SUPPORT, username="nadia")
    everything = list(Permission.objects.values_list("pk", flat=True))
    more = {"is_superuser": "on", "user_permissions": everything}

    for person in (me, nadia):
        page = page_url(PEOPLE, person.pk)
        assert "is_superuser" not in markup(chief, page)
        chief.post(page, answers_of(person, **more))
    chief.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "omar",
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
            **more,
        },
    )

    assert User.objects.filter(username="omar").exists()
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(user_permissions__isnull=False).exists()


@pytest.mark.parametrize("is_active", [True, False])
def test_a_superuser_is_left_alone_by_everybody_else(
    chief: Client, is_active: bool
) -> None:
    root = User.objects.create_superuser("root", password="x", is_active=is_active)
    give_phone(root)
    fail("root", times=5)

    refused = [
        chief.post(address, answers).status_code for address, answers in attacks(root)
    ]

    assert refused == [403] * len(refused)
    assert_untouched(root)
    assert is_locked("root")


def attacks(person: User) -> list[tuple[str, dict[str, Any]]]:
    """Everything that would take this person's login over, or away."""
    page = page_url(PEOPLE, person.pk)
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    action = "admin:accounts_user_"
    return [
        (page, answers_of(person, email="attacker@example.org")),
        (reverse("admin:auth_user_password_change", args=[person.pk]), new),
        (reverse(f"{action}delete", args=[person.pk]), {"post": "yes"}),
        (reverse(f"{action}reset_second_factor", args=[person.pk]), {}),
        (reverse(f"{action}unlock_login", args=[person.pk]), {}),
    ]


def assert_untouched(person: User) -> None:
    now = User.objects.get(pk=person.pk)
    assert (now.password, now.email) == (person.password, person.email)
    assert TwoFactor.objects.filter(user=person).exists()


def test_who_manages_people_does_not_touch_who_may_more_than_they() -> None:
    """Only accounts.change_user: with it alone one could become anybody."""
    junior = make_staff(username="junior")
    junior.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="accounts")
    )
    finance = make_staff(Role.FINANCE, username="omar", is_active=False)
    give_phone(finance)

    client = client_of(junior)
    refused = [
        client.post(address, answers).status_code
        for address, answers in attacks(finance)
    ]

    assert refused == [403] * len(refused)
    assert_untouched(finance)


def test_nobody_gives_a_role_that_is_more_than_their_own() -> None:
    junior = make_staff(username="junior")
    junior.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="accounts")
    )
    make_staff(Role.FINANCE, username="omar")
    nobody = make_staff(username="nadia")
    client = client_of(junior)

    for person in (junior, nobody):
        answers = answers_of(person, groups=[role(Role.FINANCE).pk])
        client.post(page_url(PEOPLE, person.pk), answers)

    for person in (junior, nobody):
        assert not person.groups.exists()


def test_nobody_puts_into_a_role_what_they_do_not_have(chief: Client) -> None:
    foreign = Permission.objects.get(codename="add_group")
    support = role(Role.SUPPORT)
    kept = set(support.permissions.values_list("pk", flat=True))

    chief.post(page_url("auth_group", support.pk), {"permissions": [*kept, foreign.pk]})

    assert set(support.permissions.values_list("pk", flat=True)) == kept


def test_a_role_that_may_more_than_oneself_is_only_looked_at(chief: Client) -> None:
    powerful = Group.objects.create(name="Plus")
    powerful.permissions.add(Permission.objects.get(codename="add_group"))
    page = page_url("auth_group", powerful.pk)

    shown = chief.get(page).status_code
    answer = chief.post(page, {"name": "Plus", "permissions": []})

    assert (shown, answer.status_code) == (200, 403)
    assert powerful.permissions.count() == 1


def test_ones_own_factor_is_not_reset_without_the_password(chief: Client) -> None:
    me = User.objects.get(username="administrateur")
    give_phone(me)
    address = reverse("admin:accounts_user_reset_second_factor", args=[me.pk])

    answer = chief.post(address)

    assert answer["Location"] == reverse("staff:second_factor")
    assert TwoFactor.objects.exists()
    password = reverse("admin:auth_user_password_change", args=[me.pk])
    assert chief.get(password)["Location"] == reverse("admin:password_change")


def test_who_may_not_manage_people_sees_none_of_it() -> None:
    nadia = make_staff(Role.SUPPORT, username="nadia")
    omar = make_staff(username="omar")
    client = client_of(nadia)

    refused = [client.get(list_url(PEOPLE)).status_code]
    refused += [client.post(*attack).status_code for attack in attacks(omar)]

    assert set(refused) == {403}


def test_ones_own_key_written_otherwise_is_still_ones_own(chief: Client) -> None:
    me = User.objects.get(username="administrateur")
    give_phone(me)
    chief.force_login(User.objects.get(pk=me.pk))
    before = me.password

    for key in (me.pk.hex, str(me.pk).upper()):
        reset = reverse("admin:accounts_user_reset_second_factor", args=[key])
        chief.post(reset)
        password = reverse("admin:auth_user_password_change", args=[key])
        new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        chief.post(password, new | {"usable_password": "true"})

    me.refresh_from_db()
    assert TwoFactor.objects.filter(pk=me.pk).exists()
    assert me.password == before
