"""Codes of the second factor: right once, at the right moment, for one person."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import TextField
from django.db.models.functions import Cast

from lumira.accounts import two_factor
from lumira.accounts.models import RecoveryCode, TwoFactor, User
from lumira.accounts.two_factor import (
    BY_PHONE,
    BY_RECOVERY_CODE,
    WrongCode,
    enrol,
    new_offer,
    offer_of,
    renew_recovery_codes,
    use_code,
)
from lumira.audit.models import AuditEntry
from tests.factories.logins import Phone, give_phone, make_login
from tests.lumira.at_once import at_once

pytestmark = pytest.mark.django_db


def is_right(person: User, code: str) -> bool:
    try:
        use_code(person, code)
    except WrongCode:
        return False
    return True


def test_the_code_of_the_moment_is_right_once() -> None:
    person = make_login()
    code = give_phone(person).code()

    assert use_code(person, code) == BY_PHONE
    assert not is_right(person, code)


def test_a_code_typed_with_a_space_is_right() -> None:
    person = make_login()
    code = give_phone(person).code()

    assert is_right(person, f" {code[:3]} {code[3:]}")


# One step either way, and one more that the clock may take during the test.
@pytest.mark.parametrize(("steps", "expected"), [(1, True), (-4, False), (4, False)])
def test_a_phone_may_be_half_a_minute_off_and_no_more(
    steps: int, expected: bool
) -> None:
    person = make_login()

    assert is_right(person, give_phone(person).code(steps)) is expected


def test_once_a_later_code_was_used_an_earlier_one_is_not_right() -> None:
    person = make_login()
    phone = give_phone(person)
    now = phone.code()

    assert is_right(person, phone.code(1))
    assert not is_right(person, now)


@pytest.mark.parametrize("code", ["", "abc", "١٢٣٤٥٦", "0" * 5, "0" * 7, "x" * 16])
def test_anything_else_is_wrong(code: str) -> None:
    person = make_login()
    give_phone(person)

    assert not is_right(person, code)


def test_who_has_no_factor_has_no_right_code() -> None:
    assert not is_right(make_login(), "000000")


def test_the_code_of_somebody_else_is_wrong() -> None:
    claire, benoit = make_login(), make_login("benoit")
    give_phone(claire)

    assert not is_right(claire, give_phone(benoit).code())


@pytest.mark.django_db(transaction=True)
def test_the_same_code_many_times_at_once_is_right_once() -> None:
    person = make_login()
    code = give_phone(person).code()

    answers = at_once(8, lambda _number: is_right(person, code))

    assert sorted(map(str, answers)) == ["False"] * 7 + ["True"]


@pytest.mark.django_db(transaction=True)
def test_the_same_recovery_code_many_times_at_once_is_right_once() -> None:
    person = make_login()
    give_phone(person)
    code = renew_recovery_codes(person)[0]

    answers = at_once(8, lambda _number: is_right(person, code))

    assert sorted(map(str, answers)) == ["False"] * 7 + ["True"]


def test_each_recovery_code_is_right_once_however_it_is_typed() -> None:
    person = make_login()
    give_phone(person)
    first, second, *_ = renew_recovery_codes(person)

    assert use_code(person, first.replace("-", " ").upper()) == BY_RECOVERY_CODE
    assert not is_right(person, first)
    assert is_right(person, second)


def test_new_recovery_codes_end_the_old_ones() -> None:
    person = make_login()
    give_phone(person)
    old = renew_recovery_codes(person)

    renew_recovery_codes(person)

    assert not is_right(person, old[0])


def test_the_database_holds_neither_the_secret_nor_the_codes() -> None:
    person = make_login()
    offer, _token = new_offer(person)
    codes = enrol(person, offer, Phone(offer.secret).code())

    column = TwoFactor.objects.annotate(raw=Cast("secret", TextField()))
    stored = str(column.values_list("raw", flat=True).get())
    digests = "".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert stored.startswith("gAAAA")
    assert offer.secret not in stored
    assert not any(
        code in digests or code.replace("-", "") in digests for code in codes
    )


def test_enrolling_ends_the_sessions_and_is_recorded() -> None:
    person = make_login()
    session = person.get_session_auth_hash()
    offer, _token = new_offer(person)

    enrol(person, offer, Phone(offer.secret).code())

    assert User.objects.get().get_session_auth_hash() != session
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("staff.second_factor_set", "claire")


def test_the_first_code_is_used_up_by_the_enrolment() -> None:
    person = make_login()
    offer, _token = new_offer(person)
    code = Phone(offer.secret).code()

    enrol(person, offer, code)

    assert not is_right(person, code)


def test_an_offer_is_taken_once() -> None:
    person = make_login()
    offer, _token = new_offer(person)
    phone = Phone(offer.secret)
    codes = enrol(person, offer, phone.code())

    with pytest.raises(WrongCode):
        enrol(person, offer, phone.code(1))

    assert is_right(person, codes[0])


@pytest.mark.django_db(transaction=True)
def test_an_offer_taken_many_times_at_once_is_taken_once() -> None:
    person = make_login()
    offer, _token = new_offer(person)
    code = Phone(offer.secret).code()

    answers = at_once(6, lambda _number: enrol(User.objects.get(), offer, code))

    taken = [answer for answer in answers if isinstance(answer, list)]
    refused = [answer for answer in answers if isinstance(answer, WrongCode)]
    assert (len(taken), len(refused)) == (1, 5)
    assert RecoveryCode.objects.count() == 10
    assert is_right(person, taken[0][0])


@pytest.mark.django_db(transaction=True)
def test_of_many_first_factors_at_once_one_is_taken() -> None:
    person = make_login()
    offers = [new_offer(person)[0] for _phone in range(6)]

    answers = at_once(
        6,
        lambda n: enrol(
            User.objects.get(), offers[n], Phone(offers[n].secret).code(), is_first=True
        ),
    )

    assert len([codes for codes in answers if isinstance(codes, list)]) == 1
    assert RecoveryCode.objects.count() == two_factor.RECOVERY_CODES


@pytest.mark.django_db(transaction=True)
def test_of_many_factors_at_once_only_the_last_one_has_codes() -> None:
    person = make_login()
    offers = [new_offer(person)[0] for _phone in range(6)]

    at_once(
        6,
        lambda n: enrol(User.objects.get(), offers[n], Phone(offers[n].secret).code()),
    )

    assert RecoveryCode.objects.count() == two_factor.RECOVERY_CODES


@pytest.mark.django_db(transaction=True)
def test_codes_renewed_many_times_at_once_are_ten() -> None:
    person = make_login()
    give_phone(person)

    at_once(6, lambda _n: renew_recovery_codes(User.objects.get()))

    assert RecoveryCode.objects.count() == two_factor.RECOVERY_CODES


def test_an_offer_is_for_one_person_and_cannot_be_forged() -> None:
    claire, benoit = make_login(), make_login("benoit")
    offer, token = new_offer(claire)

    assert offer_of(token, claire) == offer
    assert offer_of(token, benoit) is None
    assert offer_of(f"{token}x", claire) is None
    assert offer.secret not in token


def test_a_reset_takes_the_factor_and_the_sessions_once() -> None:
    person = make_login()
    give_phone(person)
    session = person.get_session_auth_hash()

    resets = [two_factor.reset(person, by="admin") for _click in range(2)]

    assert resets == [True, False]
    assert not TwoFactor.objects.exists()
    assert User.objects.get().get_session_auth_hash() != session
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.about_id) == (
        "staff.second_factor_reset",
        "admin",
        str(person.pk),
    )


def test_the_last_one_locked_out_is_helped_by_a_command() -> None:
    give_phone(make_login())
    said = StringIO()

    call_command("reset_two_factor", "claire", stdout=said)
    call_command("reset_two_factor", "claire", stdout=said)

    assert said.getvalue().splitlines() == [
        "The second factor is reset.",
        "There was no second factor.",
    ]
    with pytest.raises(CommandError, match="Nobody is called claude"):
        call_command("reset_two_factor", "claude")
