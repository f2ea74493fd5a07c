"""The way in with a second factor, page by page."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lumira.accounts.models import RecoveryCode, TwoFactor, User
from lumira.accounts.two_factor import renew_recovery_codes
from lumira.audit.models import AuditEntry
from tests.admin.reading_pages import list_url, plain
from tests.factories.logins import (
    PASSWORD,
    Phone,
    give_password,
    give_phone,
    is_signed_in,
    make_login,
)

pytestmark = pytest.mark.django_db
CODE = "staff:code"


def test_the_password_alone_signs_nobody_in(client: Client) -> None:
    give_phone(make_login())

    answer = give_password(client)

    assert answer["Location"] == reverse(CODE)
    assert "_auth_user_id" not in client.session
    assert not is_signed_in(client)


def test_the_code_completes_the_login_under_a_new_session_key(client: Client) -> None:
    phone = give_phone(make_login())
    give_password(client)
    halfway = client.session.session_key

    answer = client.post(reverse(CODE), {"code": phone.code()})

    assert answer["Location"] == reverse("admin:index")
    assert is_signed_in(client)
    assert client.session.session_key != halfway
    entry = AuditEntry.objects.get(action="staff.signed_in")
    assert entry.after == {"second_factor": "téléphone"}


def test_the_page_that_was_asked_for_is_remembered_through_both_steps(
    client: Client,
) -> None:
    phone = give_phone(make_login())
    wanted = list_url("orders_order")
    door = client.get(wanted)["Location"]

    second = client.post(door, {"username": "claire", "password": PASSWORD})
    answer = client.post(second["Location"], {"code": phone.code()})

    assert answer["Location"] == wanted


def test_a_wrong_code_is_explained_and_does_not_come_in(client: Client) -> None:
    phone = give_phone(make_login())
    give_password(client)

    answer = client.post(reverse(CODE), {"code": phone.wrong_code()})

    assert "n'est pas le bon" in plain(answer.content.decode())
    assert not is_signed_in(client)


def test_without_the_password_there_is_no_page_for_the_code(client: Client) -> None:
    phone = give_phone(make_login())

    answer = client.post(reverse(CODE), {"code": phone.code()})

    assert answer["Location"] == reverse("admin:login")
    assert not is_signed_in(client)


def test_a_quarter_of_an_hour_after_the_password_it_begins_again(
    client: Client,
) -> None:
    phone = give_phone(make_login())
    give_password(client)
    session = client.session
    session["lumira_halfway"]["at"] -= 15 * 60 + 1
    session.save()

    client.post(reverse(CODE), {"code": phone.code()})

    assert not is_signed_in(client)


def test_a_password_changed_in_between_begins_again(client: Client) -> None:
    person = make_login()
    phone = give_phone(person)
    give_password(client)
    person.set_password("une toute autre phrase")
    person.save()

    client.post(reverse(CODE), {"code": phone.code()})

    assert not is_signed_in(client)


def test_who_is_deactivated_in_between_does_not_come_in(client: Client) -> None:
    phone = give_phone(make_login())
    give_password(client)
    User.objects.update(is_active=False)

    client.post(reverse(CODE), {"code": phone.code()})

    assert "_auth_user_id" not in client.session


def test_a_recovery_code_comes_in_once_and_says_what_is_left(client: Client) -> None:
    person = make_login()
    give_phone(person)
    codes = renew_recovery_codes(person)
    give_password(client)

    answer = client.post(reverse(CODE), {"code": codes[3].upper()}, follow=True)

    assert "il vous en reste 9" in plain(answer.content.decode())
    second = Client()
    give_password(second)
    second.post(reverse(CODE), {"code": codes[3]})
    assert not is_signed_in(second)


def test_where_it_is_required_the_first_login_sets_it_up(
    client: Client, settings: Settings
) -> None:
    settings.STAFF_TWO_FACTOR_REQUIRED = True
    person = make_login()

    door = give_password(client)["Location"]
    page = client.get(door).content.decode()
    phone, token = offered(page)
    shown = client.post(door, {"offer": token, "code": phone.code()})

    assert door == reverse("staff:first_enrolment")
    assert "<svg" in page
    codes = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", shown.content.decode())
    assert len(codes) == 10
    assert is_signed_in(client)
    assert TwoFactor.objects.filter(user=person).exists()


def test_looking_at_the_enrolment_saves_nothing(
    client: Client, settings: Settings
) -> None:
    settings.STAFF_TWO_FACTOR_REQUIRED = True
    make_login()
    door = give_password(client)["Location"]

    for _look in range(2):
        client.get(door)

    assert not TwoFactor.objects.exists()
    assert not is_signed_in(client)


def test_a_wrong_first_code_keeps_the_same_qr_code(
    client: Client, settings: Settings
) -> None:
    settings.STAFF_TWO_FACTOR_REQUIRED = True
    make_login()
    door = give_password(client)["Location"]
    phone, token = offered(client.get(door).content.decode())

    again = client.post(door, {"offer": token, "code": phone.wrong_code()})

    same, _ = offered(again.content.decode())
    assert same.code() == phone.code()
    assert not TwoFactor.objects.exists()


def test_who_has_a_factor_cannot_set_up_another_before_the_code(
    client: Client, settings: Settings
) -> None:
    settings.STAFF_TWO_FACTOR_REQUIRED = True
    give_phone(make_login())
    give_password(client)

    answer = client.get(reverse("staff:first_enrolment"))

    assert answer["Location"] == reverse("admin:login")
    assert not is_signed_in(client)


def test_where_it_is_optional_the_menu_hints_at_it(client: Client) -> None:
    make_login()
    give_password(client)

    page = client.get(reverse("admin:index")).content.decode()

    assert reverse("staff:second_factor") in page
    assert "Activer le second facteur" in page


def test_replacing_the_phone_asks_for_the_password(client: Client) -> None:
    person = make_login()
    old = give_phone(person)
    enter(client, old)
    page = client.get(reverse("staff:enrolment")).content.decode()
    phone, token = offered(page)
    answers = {"offer": token, "code": phone.code()}

    client.post(reverse("staff:enrolment"), answers)
    kept = TwoFactor.objects.get().secret
    client.post(reverse("staff:enrolment"), {**answers, "password": PASSWORD})

    assert Phone(kept).code() == old.code()
    assert Phone(TwoFactor.objects.get().secret).code() == phone.code()
    assert is_signed_in(client)


def test_replacing_the_phone_ends_every_other_session(client: Client) -> None:
    old = give_phone(make_login())
    enter(client, old)
    other = Client()
    give_password(other)
    other.post(reverse(CODE), {"code": old.code(1)})
    phone, token = offered(client.get(reverse("staff:enrolment")).content.decode())

    client.post(
        reverse("staff:enrolment"),
        {"offer": token, "code": phone.code(), "password": PASSWORD},
    )

    assert (is_signed_in(client), is_signed_in(other)) == (True, False)


def test_new_recovery_codes_ask_for_the_password_and_end_the_old_ones(
    client: Client,
) -> None:
    person = make_login()
    phone = give_phone(person)
    old = set(RecoveryCode.objects.values_list("digest", flat=True))
    enter(client, phone)
    address = reverse("staff:second_factor")

    client.post(address, {"password": "autre chose"})
    refused = RecoveryCode.objects.count()
    client.post(address, {"password": PASSWORD})

    new = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert (refused, len(new), old & new) == (0, 10, set())


def enter(client: Client, phone: Phone) -> None:
    give_password(client)
    client.post(reverse(CODE), {"code": phone.code()})
    assert is_signed_in(client)


def offered(page: str) -> tuple[Phone, str]:
    """What a person scans or types from the page, and what its form carries."""
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    token = re.search(r'name="offer" value="([^"]+)"', page)
    assert secret
    assert token
    return Phone(secret[1].replace(" ", "")), token[1]
