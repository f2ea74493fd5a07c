"""The pages of the staff, as those who manage it meet them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import TwoFactor, User
from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from tests.admin.person_form import NEW_PASSWORD, answers_of, role
from tests.admin.reading_pages import list_url, listed, markup, page_url, words
from tests.factories.logins import give_phone, is_signed_in
from tests.factories.staff import client_of, make_staff
from tests.lumira.guessing import fail, is_locked

pytestmark = pytest.mark.django_db
PEOPLE = "accounts_user"


@pytest.fixture
def chief() -> Client:
    return client_of(make_staff(Role.ADMINISTRATOR))


def test_a_person_with_roles_is_made_in_one_step(chief: Client) -> None:
    answers = {
        "username": "nadia",
        "first_name": "Nadia",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
        "groups": [role(Role.SUPPORT).pk, role(Role.FINANCE).pk],
    }

    chief.post(reverse("admin:accounts_user_add"), answers)

    nadia = User.objects.get(username="nadia")
    assert nadia.is_staff
    assert not nadia.is_superuser
    assert nadia.has_perm("payments.add_refund")
    assert AuditEntry.objects.filter(action="user.added").count() == 1
    assert Client().login(username="nadia", password=NEW_PASSWORD)


def test_a_weak_password_is_refused(chief: Client) -> None:
    answers = {"username": "nadia", "password1": "12345678", "password2": "12345678"}

    chief.post(reverse("admin:accounts_user_add"), answers)

    assert not User.objects.filter(username="nadia").exists()


def test_the_list_says_who_may_what_and_how_they_come_in(chief: Client) -> None:
    nadia = make_staff(Role.SUPPORT, Role.FINANCE, username="nadia")
    give_phone(nadia)
    make_staff(username="omar")
    fail("omar", times=5)

    rows = {row.split()[0]: row for row in listed(chief, PEOPLE)}

    assert "Finance, Support" in rows["nadia"]
    assert "activé" in rows["nadia"]
    assert "connexion bloquée" in rows["omar"]
    assert "absent" in rows["omar"]


def test_the_list_takes_as_many_queries_for_many_people(
    chief: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_staff(Role.SUPPORT, username=f"person-{number}")

    with django_assert_max_num_queries(20):
        chief.get(list_url(PEOPLE))


def test_the_list_is_filtered_by_role(chief: Client) -> None:
    make_staff(Role.SUPPORT, username="nadia")
    make_staff(Role.FINANCE, username="omar")

    rows = listed(chief, PEOPLE, role="Support")

    assert [row.split()[0] for row in rows] == ["nadia"]


def test_who_is_deactivated_is_out_and_stays_out_when_they_come_back(
    chief: Client,
) -> None:
    nadia = make_staff(Role.SUPPORT, username="nadia")
    at_work = client_of(nadia)
    page = page_url(PEOPLE, nadia.pk)

    chief.post(page, answers_of(nadia, is_active=None))
    out = not is_signed_in(at_work)
    chief.post(page, answers_of(nadia))

    nadia.refresh_from_db()
    assert out
    assert nadia.is_active
    assert not is_signed_in(at_work)


def test_the_five_roles_keep_their_names(chief: Client) -> None:
    support = role(Role.SUPPORT)
    kept = list(support.permissions.values_list("pk", flat=True))

    chief.post(
        page_url("auth_group", support.pk), {"name": "Aide", "permissions": kept[1:]}
    )

    assert role(Role.SUPPORT).permissions.count() == len(kept) - 1


def test_a_permission_beyond_the_roles_has_a_french_name(admin_client: Client) -> None:
    page = markup(admin_client, page_url(PEOPLE, make_staff().pk))

    assert "commande\u00a0: voir" in page
    assert "Can view" not in page


def test_a_reset_of_somebodys_factor_asks_first(chief: Client) -> None:
    nadia = make_staff(Role.SUPPORT, username="nadia")
    give_phone(nadia)
    at_work = client_of(nadia)
    address = reverse("admin:accounts_user_reset_second_factor", args=[nadia.pk])

    assert address in markup(chief, page_url(PEOPLE, nadia.pk))
    assert "de vive voix" in words(chief, address)
    assert TwoFactor.objects.exists()
    for _click in range(2):
        assert chief.post(address).status_code == 302

    assert not TwoFactor.objects.exists()
    assert not is_signed_in(at_work)
    entries = AuditEntry.objects.filter(action="staff.second_factor_reset")
    assert [entry.by for entry in entries] == ["administrateur"]


def test_somebody_locked_out_is_unlocked(chief: Client) -> None:
    nadia = make_staff(Role.SUPPORT, username="nadia")
    fail("nadia", times=5)
    address = reverse("admin:accounts_user_unlock_login", args=[nadia.pk])

    assert address in markup(chief, page_url(PEOPLE, nadia.pk))
    chief.get(address)
    looked = is_locked("nadia")
    chief.post(address)

    assert looked
    assert not is_locked("nadia")


def test_a_new_password_from_an_administrator_is_recorded(chief: Client) -> None:
    nadia = make_staff(Role.SUPPORT, username="nadia")
    at_work = client_of(nadia)
    address = reverse("admin:auth_user_password_change", args=[nadia.pk])

    for password in ("court", NEW_PASSWORD):
        chief.post(address, {"password1": password, "password2": password})

    nadia.refresh_from_db()
    assert nadia.check_password(NEW_PASSWORD)
    assert not is_signed_in(at_work)
    entries = AuditEntry.objects.filter(action="staff.password_set")
    assert [(entry.by, entry.about_id) for entry in entries] == [
        ("administrateur", str(nadia.pk))
    ]
