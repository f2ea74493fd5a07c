import re

import pytest

from orders.actions.place_order import (
    Buyer,
    NotOffered,
    RequestId,
    RequestKeyReused,
    place_order,
)
from orders.models import Expert, Order, OrderEvent, Service
from tests.factories.catalogue import make_expert, make_service
from tests.lumira.at_once import at_once
from tests.lumira.table_contents import table_contents

ONE_REQUEST = RequestId("one request", "this and that")
ALICE = Buyer(email="alice@example.org", name="Alice Martin")


def place(
    service: Service,
    expert: Expert | None = None,
    buyer: Buyer = ALICE,
    request: RequestId | None = None,
) -> Order:
    return place_order(
        service=service, expert=expert, buyer=buyer, by="customer", request=request
    )


@pytest.mark.django_db
def test_an_order_keeps_the_price_it_was_placed_at() -> None:
    service = make_service(price=7900, duration=60, level=2)
    order = place(service)

    Service.objects.update(price=9900, duration=90, level=3, currency="usd")

    order = Order.objects.get(pk=order.pk)
    assert (order.amount, order.currency) == (7900, "eur")
    assert (order.duration, order.level, order.level_name) == (60, 2, "Intuitive")


@pytest.mark.django_db
def test_a_new_order_is_pending_and_its_history_says_who_placed_it() -> None:
    order = place(make_service())

    history = OrderEvent.objects.get(order=order)
    assert (order.status, order.paid_at, order.completed_at) == ("pending", None, None)
    assert (history.before, history.after, history.by) == ("", "pending", "customer")


@pytest.mark.django_db
def test_an_address_is_kept_in_one_spelling() -> None:
    order = place(make_service(), buyer=Buyer(email="  Alice@Example.ORG "))

    assert order.email == "alice@example.org"


@pytest.mark.django_db
def test_order_numbers_are_dated_unambiguous_and_all_different() -> None:
    service = make_service()

    numbers = {place(service).number for _ in range(30)}

    assert len(numbers) == 30
    for number in numbers:
        assert re.fullmatch(r"LU\d{6}-[2-9A-HJ-KM-NP-Z]{6}", number)


@pytest.mark.django_db
def test_a_service_that_was_withdrawn_is_refused() -> None:
    with pytest.raises(NotOffered):
        place(make_service(is_active=False))

    assert not Order.objects.exists()


@pytest.mark.django_db
def test_an_expert_who_does_not_offer_it_or_is_away_is_refused() -> None:
    service = make_service()
    other = make_expert(make_service(slug="vip", price=14900))
    away = make_expert(service, is_active=False)

    for expert in (other, away):
        with pytest.raises(NotOffered):
            place(service, expert)

    assert not Order.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{}, {"price": 9900}, {"is_active": False}])
def test_a_repeat_of_the_request_returns_the_same_order_and_writes_nothing(
    change: dict[str, object],
) -> None:
    service = make_service()
    first = place(service, request=ONE_REQUEST)
    Service.objects.update(**(change or {"position": 0}))
    service.refresh_from_db()
    before = table_contents()

    second = place(service, request=ONE_REQUEST)

    assert second == first
    assert table_contents() == before


@pytest.mark.django_db
def test_the_same_key_with_another_wish_is_refused() -> None:
    service = make_service()
    place(service, request=ONE_REQUEST)

    with pytest.raises(RequestKeyReused):
        place(service, request=RequestId(ONE_REQUEST.key, "another wish"))

    assert Order.objects.count() == 1


@pytest.mark.django_db
def test_orders_without_a_key_are_all_their_own() -> None:
    service = make_service()

    assert place(service) != place(service)


@pytest.mark.django_db(transaction=True)
def test_twenty_equal_requests_at_once_are_one_order() -> None:
    service = make_service()

    orders = at_once(20, lambda _: place(service, request=ONE_REQUEST).pk)

    assert len(set(orders)) == 1
    assert Order.objects.count() == OrderEvent.objects.count() == 1


def test_a_buyers_answers_do_not_show_in_a_traceback() -> None:
    buyer = Buyer(intake={"specificQuestion": "Dois-je partir ?"})

    assert "partir" not in repr(buyer)
