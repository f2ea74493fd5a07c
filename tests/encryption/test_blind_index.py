"""The mark beside an encrypted value: what it says, and to whom."""

import pytest
from pytest_django import Settings

from lumira.kit.encryption import found_by, indexes_of
from orders.actions.place_renewal import place_renewal
from orders.intake_index import spelt_name, spelt_phone
from orders.models import Order
from tests.encryption.keys import is_of, new_key, rotate, stored
from tests.factories.orders import make_order

MOBILE = "33612345678"
ANSWERS = {"lastName": "Keller-Étienne", "phone": "06 12 34 56 78"}


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("06 12 34 56 78", MOBILE),
        ("0612345678", MOBILE),
        ("06.12.34.56.78", MOBILE),
        ("06-12-34-56-78", MOBILE),
        ("+33 6 12 34 56 78", MOBILE),
        ("+33 (0)6 12 34 56 78", MOBILE),
        ("0033 6 12 34 56 78", MOBILE),
        ("33612345678", MOBILE),
        ("\u200a06\u00a012 34 56 78 ", MOBILE),
        ("+32 470 12 34 56", "32470123456"),
        ("+352 621 123", "352621123"),
        ("Keller", ""),
        ("12345", ""),
        ("", ""),
        ("06 12 34 56 78 ou le soir", ""),
    ],
)
def test_a_phone_number_has_one_spelling(typed: str, spelt: str) -> None:
    assert spelt_phone(typed) == spelt


@pytest.mark.parametrize(
    "typed",
    ["Keller-Étienne", "KELLER ETIENNE", "keller  étienne", "Keller-E\u0301tienne"],
)
def test_a_name_has_one_spelling(typed: str) -> None:
    assert spelt_name(typed) == "kelleretienne"


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [("O’Brien", "obrien"), ("Groß", "gross"), ("Le Goff", "legoff"), ("李", "李")],
)
def test_names_of_all_kinds_are_kept_apart(typed: str, spelt: str) -> None:
    assert spelt_name(typed) == spelt


@pytest.mark.parametrize("typed", ["", " ", "--", "’"])
def test_signs_alone_are_no_name(typed: str) -> None:
    assert spelt_name(typed) == ""


@pytest.mark.django_db
def test_equal_answers_have_equal_marks_and_tell_nothing_else() -> None:
    one = make_order(intake=ANSWERS)
    same = make_order(intake={**ANSWERS, "phone": "+33 612345678"})
    other = make_order(intake={**ANSWERS, "phone": "+33 612345679"})

    assert stored(one, "phone_index") == stored(same, "phone_index")
    assert stored(one, "phone_index") != stored(other, "phone_index")
    assert MOBILE not in stored(one, "phone_index")
    assert stored(one, "phone_index") != stored(one, "last_name_index")


@pytest.mark.django_db
@pytest.mark.parametrize("intake", [{}, {"phone": None}, {"phone": ""}, [], "text"])
def test_no_answer_has_no_mark(intake: object) -> None:
    order = make_order(intake=intake)

    assert (order.phone_index, order.last_name_index) == (None, None)


@pytest.mark.django_db
def test_the_mark_cannot_be_made_without_the_key(settings: Settings) -> None:
    order = make_order(intake=ANSWERS)
    settings.ENCRYPTION_KEYS = [new_key()]

    assert not Order.objects.filter(found_by(Order, "phone_index", MOBILE)).exists()
    assert stored(order, "phone_index")


@pytest.mark.django_db
def test_a_corrected_answer_is_found_and_the_wrong_one_no_more() -> None:
    order = make_order(intake=ANSWERS)
    order.intake = {"phone": "+32 470 12 34 56"}
    order.save()

    assert not Order.objects.filter(found_by(Order, "phone_index", MOBILE)).exists()
    assert Order.objects.filter(found_by(Order, "phone_index", "32470123456")).exists()


@pytest.mark.django_db
def test_saving_an_order_whose_answers_were_not_read_keeps_its_marks() -> None:
    mark = make_order(intake=ANSWERS).phone_index
    order = Order.objects.defer("intake").get()

    order.save()

    assert Order.objects.get().phone_index == mark


@pytest.mark.django_db
def test_an_update_says_what_becomes_of_the_marks() -> None:
    make_order(intake=ANSWERS)

    Order.objects.update(intake={}, **indexes_of(Order, "intake", {}))

    order = Order.objects.get()
    assert (order.phone_index, order.last_name_index) == (None, None)


@pytest.mark.django_db
def test_marks_that_an_update_forgot_are_put_right_by_the_next_run() -> None:
    order = make_order(intake=ANSWERS)
    Order.objects.update(intake={})

    rotate()

    order.refresh_from_db()
    assert (order.phone_index, order.last_name_index) == (None, None)


@pytest.mark.django_db
def test_while_two_keys_live_both_marks_find(settings: Settings) -> None:
    old, new = new_key(), new_key()
    settings.ENCRYPTION_KEYS = [old]
    make_order(intake=ANSWERS)
    settings.ENCRYPTION_KEYS = [new, old]
    make_order(intake=ANSWERS)

    found = Order.objects.filter(found_by(Order, "phone_index", MOBILE))

    assert found.count() == 2


@pytest.mark.django_db
def test_the_rotation_makes_the_marks_of_the_new_key(settings: Settings) -> None:
    old, new = settings.ENCRYPTION_KEYS, new_key()
    order = make_order(intake=ANSWERS)
    settings.ENCRYPTION_KEYS = [new, *old]
    rotate()
    settings.ENCRYPTION_KEYS = [new]

    found = Order.objects.filter(found_by(Order, "last_name_index", "kelleretienne"))

    assert found.get() == order
    assert is_of(new, stored(order, "intake"))


@pytest.mark.django_db
def test_a_renewal_is_found_too() -> None:
    first = make_order(intake=ANSWERS)

    place_renewal(first, amount=7900, currency="eur", key="period", by="worker")

    assert Order.objects.filter(found_by(Order, "phone_index", MOBILE)).count() == 2
