"""A person decides that a frozen order goes on."""

import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from orders.actions.hold import place_hold
from orders.models import Order
from orders.models.hold import HoldReason
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen() -> Order:
    order = make_order()
    for reason, about in ((HoldReason.MISMATCH, "pi_1"), (HoldReason.DISPUTE, "dp_1")):
        place_hold(order, reason=reason, about=about, by="stripe")
    return order


def address(order: Order) -> str:
    return reverse("admin:orders_order_release", args=[order.pk])


def test_looking_shows_every_reason_and_releases_nothing(
    admin_client: Client, frozen: Order
) -> None:
    page = admin_client.get(address(frozen)).content.decode()

    frozen.refresh_from_db()
    assert "pi_1" in page
    assert "dp_1" in page
    assert frozen.is_on_hold


def test_releasing_says_who_and_why_in_the_history(
    admin_client: Client, frozen: Order
) -> None:
    for _click in range(2):
        admin_client.post(address(frozen), {"note": "Vérifié avec la banque."})

    frozen.refresh_from_db()
    last = frozen.events.order_by("-at").first()
    assert not frozen.is_on_hold
    assert frozen.holds.filter(released_by="admin").count() == 2
    assert last is not None
    assert (last.by, "Vérifié avec la banque." in last.note) == ("admin", True)
    assert frozen.events.filter(by="admin").count() == 2


def test_a_reason_is_asked_for(admin_client: Client, frozen: Order) -> None:
    answer = admin_client.post(address(frozen), {"note": " "})

    frozen.refresh_from_db()
    assert (answer.status_code, frozen.is_on_hold) == (422, True)


def test_who_may_not_is_refused(client: Client, frozen: Order) -> None:
    client.force_login(User.objects.create_user("claire", is_staff=True))

    answer = client.post(address(frozen), {"note": "S'il vous plaît"})

    frozen.refresh_from_db()
    assert (answer.status_code, frozen.is_on_hold) == (403, True)
