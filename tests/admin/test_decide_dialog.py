"""A reading is handed in, and a second person decides on exactly that revision."""

import pytest
from django.http import HttpResponse
from django.test import Client

from lumira.accounts.roles import Role
from orders.actions.hold import place_hold
from orders.models import Order, Reading
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.admin.people import client_in, client_of_expert, step_url
from tests.admin.reading_pages import markup, plain
from tests.factories.orders import make_order
from tests.factories.staff import make_staff
from tests.factories.work import (
    author_of,
    make_assigned_order,
    make_submitted_reading,
    write,
)

pytestmark = pytest.mark.django_db


def decide(client: Client, reading: Reading, how: str, **more: str) -> HttpResponse:
    form = {"decide": how, "reading": str(reading.pk), **more}
    answer: HttpResponse = client.post(step_url(reading.order, "decide"), form)
    return answer


def state(reading: Reading) -> str:
    return Order.objects.get(pk=reading.order_id).status


def test_the_expert_hands_the_latest_revision_in_once() -> None:
    order = make_assigned_order()
    reading = write(order)
    client = client_of_expert(order.expert)
    form = {"reading": str(reading.pk)}

    answers = [client.post(step_url(order, "submit"), form) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert state(reading) == OrderStatus.AWAITING_VALIDATION
    assert reading.validations.count() == 1


def test_handing_in_names_the_revision_and_looking_hands_nothing_in() -> None:
    order = make_assigned_order()
    reading = write(order)

    page = markup(client_of_expert(order.expert), step_url(order, "submit"))

    assert f'value="{reading.pk}"' in page
    assert state(reading) == OrderStatus.PROCESSING


def test_a_revision_that_was_overtaken_is_not_handed_in() -> None:
    order = make_assigned_order()
    old = write(order)
    write(order, text="Une autre.")

    answer = client_of_expert(order.expert).post(
        step_url(order, "submit"), {"reading": str(old.pk)}
    )

    assert (answer.status_code, state(old)) == (409, OrderStatus.PROCESSING)


@pytest.mark.parametrize("reading", ["", "nothing", "another order's"])
def test_a_revision_that_is_not_this_orders_is_not_handed_in(reading: str) -> None:
    order = make_assigned_order()
    if reading == "another order's":
        reading = str(write(make_assigned_order()).pk)

    answer = client_of_expert(order.expert).post(
        step_url(order, "submit"), {"reading": reading}
    )

    assert answer.status_code == 409


def test_the_revision_is_shown_whole_with_the_answers_and_what_changed() -> None:
    order = make_assigned_order(intake={"specificQuestion": "Dois-je partir ?"})
    write(order, text="Partez demain.\n\nAvec courage.")
    make_submitted_reading(order, text="Partez bientôt.\n\nAvec courage.")

    page = markup(client_in(Role.VALIDATOR), step_url(order, "decide"))

    assert "Partez bientôt." in page
    assert "<del>demain." in page
    assert "<ins>bientôt." in page
    assert "Dois-je partir ?" in plain(page)


def test_approving_twice_delivers_once() -> None:
    reading = make_submitted_reading()
    validator = client_in(Role.VALIDATOR)

    answers = [decide(validator, reading, "approve") for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert state(reading) == OrderStatus.COMPLETED
    assert reading.deliveries.count() == 1


def test_refusing_asks_why_and_sends_the_order_back() -> None:
    reading = make_submitted_reading()
    validator = client_in(Role.VALIDATOR)

    without = decide(validator, reading, "reject", **{"reject-reason": " "})
    kept_waiting = state(reading)
    answer = decide(validator, reading, "reject", **{"reject-reason": "Trop sec."})

    assert (without.status_code, kept_waiting) == (
        422,
        OrderStatus.AWAITING_VALIDATION,
    )
    assert (answer.status_code, state(reading)) == (302, OrderStatus.PROCESSING)
    assert reading.validations.get().rejection_reason == "Trop sec."


def test_no_decision_at_all_changes_nothing() -> None:
    reading = make_submitted_reading()

    answer = decide(client_in(Role.VALIDATOR), reading, "")

    assert (answer.status_code, state(reading)) == (
        422,
        OrderStatus.AWAITING_VALIDATION,
    )


def test_the_second_validator_is_told_and_keeps_their_words() -> None:
    reading = make_submitted_reading()
    decide(client_in(Role.VALIDATOR, "anne"), reading, "approve")

    answer = decide(
        client_in(Role.VALIDATOR, "basile"),
        reading,
        "reject",
        **{"reject-reason": "Trop sec."},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "anne a déjà décidé" in page
    assert "Trop sec." in page
    assert state(reading) == OrderStatus.COMPLETED


def test_nobody_decides_on_their_own_words() -> None:
    reading = make_submitted_reading()
    client = client_of_expert(reading.order.expert)
    validators = make_staff(Role.VALIDATOR)
    author_of(reading.order).groups.add(*validators.groups.all())

    answer = decide(client, reading, "approve")

    assert (answer.status_code, state(reading)) == (
        409,
        OrderStatus.AWAITING_VALIDATION,
    )


def test_a_frozen_order_is_not_decided() -> None:
    reading = make_submitted_reading()
    place_hold(reading.order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    answer = decide(client_in(Role.VALIDATOR), reading, "approve")

    assert (answer.status_code, state(reading)) == (
        409,
        OrderStatus.AWAITING_VALIDATION,
    )


def test_a_revision_of_another_order_is_not_found() -> None:
    reading, other = make_submitted_reading(), make_submitted_reading()

    answer = client_in(Role.VALIDATOR).post(
        step_url(reading.order, "decide"),
        {"decide": "approve", "reading": str(other.pk)},
    )

    assert answer.status_code == 404
    assert state(other) == OrderStatus.AWAITING_VALIDATION


def test_an_order_without_a_reading_has_nothing_to_decide() -> None:
    page = markup(client_in(Role.VALIDATOR), step_url(make_order(), "decide"))

    assert "Aucune lecture" in page


@pytest.mark.parametrize("role", [Role.EXPERT, Role.SUPPORT, Role.FINANCE])
def test_others_than_validators_do_not_decide(role: Role) -> None:
    reading = make_submitted_reading()

    answer = decide(client_in(role), reading, "approve")

    assert (answer.status_code, state(reading)) == (
        403,
        OrderStatus.AWAITING_VALIDATION,
    )
