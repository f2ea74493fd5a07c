"""Who gets an order: chosen by support, or taken by an expert."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from lumira.accounts.roles import Role
from orders.actions.hold import place_hold
from orders.models import Order
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.admin.people import client_in, client_of_expert, step_url
from tests.admin.reading_pages import client_of_staff, markup, words
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.staff import restore_roles
from tests.factories.work import (
    make_assigned_order,
    make_paid_order,
    make_working_expert,
)
from tests.lumira.at_once import at_once

pytestmark = pytest.mark.django_db


def choice(order: Order, expert: object, **more: str) -> dict[str, str]:
    """The form as it is filled in by somebody who has just opened it."""
    seen = {"seen_status": order.status, "seen_expert": str(order.expert_id or "")}
    return {"expert": str(expert), **seen, **more}


def test_the_choice_is_among_those_who_are_active_and_offer_the_service() -> None:
    order = make_paid_order(expert=None)
    make_working_expert(slug="camille")
    make_working_expert(make_service(slug="vip"), slug="only-vip")
    gone = make_working_expert(slug="gone")
    gone.is_active = False
    gone.save()

    page = markup(client_in(Role.SUPPORT), step_url(order, "assign"))

    assert page.count('type="radio"') == 1
    assert "Camille Aubry · rien en cours" in page


def test_the_load_of_each_is_shown_the_least_busy_first() -> None:
    busy = make_working_expert(slug="busy")
    make_assigned_order(expert=busy, due_at=now() - timedelta(hours=1))
    make_assigned_order(expert=busy)
    make_expert(name="Zoé Marchal")

    page = words(client_in(Role.SUPPORT), step_url(make_paid_order(), "assign"))

    least, most = page.find("Zoé Marchal"), page.find("2 en cours, dont 1 en retard")
    assert -1 < least < most


def test_looking_assigns_nothing() -> None:
    order = make_paid_order()

    client_in(Role.SUPPORT).get(step_url(order, "assign"))

    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_assigning_twice_is_assigning_once() -> None:
    order = make_paid_order(expert=None)
    expert = make_working_expert()
    support = client_in(Role.SUPPORT)
    form = choice(order, expert.pk, note="Elle attend.")

    answers = [support.post(step_url(order, "assign"), form) for _click in range(2)]

    order.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (order.status, order.expert) == (OrderStatus.PROCESSING, expert)
    assert order.reviews.count() == 1
    assert order.events.filter(by="support", note__contains="Elle attend.").exists()


def test_an_order_at_work_goes_to_another() -> None:
    order = make_assigned_order()
    other = make_working_expert(slug="elias")

    client_in(Role.SUPPORT).post(step_url(order, "assign"), choice(order, other.pk))

    order.refresh_from_db()
    assert order.expert == other


def test_who_looked_before_somebody_else_assigned_is_told_instead_of_obeyed() -> None:
    order = make_paid_order(expert=None)
    stale = choice(order, make_working_expert(slug="elias").pk)
    support = client_in(Role.SUPPORT)
    support.post(step_url(order, "assign"), choice(order, make_working_expert().pk))

    answer = support.post(step_url(order, "assign"), stale)

    order.refresh_from_db()
    assert order.expert == make_working_expert()
    assert answer.status_code == 409
    assert "l’a déjà" in answer.content.decode()


@pytest.mark.parametrize(
    "expert", ["", "nobody", "d8d1e2a4-0000-0000-0000-000000000000"]
)
def test_nobody_or_somebody_unknown_is_asked_for_again(expert: str) -> None:
    order = make_paid_order()

    answer = client_in(Role.SUPPORT).post(
        step_url(order, "assign"), choice(order, expert)
    )

    order.refresh_from_db()
    assert (answer.status_code, order.status) == (422, OrderStatus.PAID)


def test_an_order_on_hold_is_refused() -> None:
    order = make_paid_order()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    answer = client_in(Role.SUPPORT).post(
        step_url(order, "assign"), choice(order, order.expert_id)
    )

    assert answer.status_code == 409
    assert "bloquée" in answer.content.decode()


@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.REFUNDED])
def test_what_is_not_to_be_worked_on_has_no_form(status: OrderStatus) -> None:
    order = make_order(status=status)

    page = markup(client_in(Role.SUPPORT), step_url(order, "assign"))

    assert 'type="radio"' not in page


@pytest.mark.parametrize("role", [Role.EXPERT, Role.VALIDATOR, Role.FINANCE])
def test_others_than_support_may_not_assign(role: Role) -> None:
    order = make_paid_order()

    answer = client_in(role).post(
        step_url(order, "assign"), choice(order, order.expert_id)
    )

    order.refresh_from_db()
    assert (answer.status_code, order.status) == (403, OrderStatus.PAID)


def test_who_sees_no_orders_but_their_own_assigns_no_others() -> None:
    order = make_paid_order()
    client = client_of_staff("orders.view_order", "orders.assign_order")

    answer = client.post(step_url(order, "assign"), choice(order, order.expert_id))

    assert answer.status_code == 404


def test_an_expert_takes_an_order_once() -> None:
    order = make_paid_order(expert=None)
    expert = make_working_expert()
    client = client_of_expert(expert)

    answers = [client.post(step_url(order, "claim")) for _click in range(2)]

    order.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (order.status, order.expert) == (OrderStatus.PROCESSING, expert)
    assert order.reviews.count() == 1


def test_looking_takes_nothing() -> None:
    order = make_paid_order()

    page = words(client_of_expert(order.expert), step_url(order, "claim"))

    order.refresh_from_db()
    assert "devient la vôtre" in page
    assert order.status == OrderStatus.PAID


def test_an_order_for_somebody_else_is_not_there_to_take() -> None:
    order = make_paid_order()

    answer = client_of_expert(make_working_expert(slug="elias")).post(
        step_url(order, "claim")
    )

    assert answer.status_code == 404


def test_who_is_no_expert_takes_nothing(admin_client: Client) -> None:
    order = make_paid_order(expert=None)

    answer = admin_client.post(step_url(order, "claim"))

    order.refresh_from_db()
    assert (answer.status_code, order.status) == (403, OrderStatus.PAID)


@pytest.mark.django_db(transaction=True)
def test_two_experts_take_it_at_once_and_one_gets_it() -> None:
    restore_roles()
    order = make_paid_order(expert=None)
    clients = [
        client_of_expert(make_working_expert(slug=slug)) for slug in ("ann", "bob")
    ]

    answers = at_once(
        2, lambda place: clients[place].post(step_url(order, "claim")).status_code
    )

    order.refresh_from_db()
    assert order.reviews.count() == 1
    assert answers.count(302) == 1
    assert set(answers) <= {302, 404, 409}
