"""What the database itself does not allow, whoever asks."""

import pytest
from django.db import IntegrityError

from orders.models import Expert, Order, Service, ServiceOffer
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def test_two_services_cannot_share_an_address() -> None:
    make_service(slug="premium")

    with pytest.raises(IntegrityError):
        Service.objects.create(slug="premium", name="x", price=1, duration=1, level=1)


def test_a_service_costs_something() -> None:
    with pytest.raises(IntegrityError):
        make_service(slug="free", price=0)


def test_two_experts_cannot_share_an_address() -> None:
    make_expert(slug="camille")

    with pytest.raises(IntegrityError):
        Expert.objects.create(slug="camille", name="x")


def test_an_expert_offers_a_service_once() -> None:
    expert = make_expert(make_service())

    with pytest.raises(IntegrityError):
        ServiceOffer.objects.create(expert=expert, service=make_service())


def test_an_order_costs_something() -> None:
    with pytest.raises(IntegrityError):
        make_order(amount=0)


@pytest.mark.parametrize("field", ["number", "request_key"])
def test_two_orders_share_neither_number_nor_request(field: str) -> None:
    make_order(**{field: "LU261122-ABCDEF"})

    with pytest.raises(IntegrityError):
        make_order(**{field: "LU261122-ABCDEF"})


def test_any_number_of_orders_have_no_request() -> None:
    make_order()
    make_order()

    assert Order.objects.filter(request_key=None).count() == 2
