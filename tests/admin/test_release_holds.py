"""A person decides that a frozen order goes on."""

import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from orders.actions.hold import place_hold, release_all_holds
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


def seen(order: Order) -> list[str]:
    """What the page carries along, of what it shows."""
    return [hold.mark for hold in order.holds.filter(released_at=None)]


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
    page = {"note": "Vérifié avec la banque.", "seen": seen(frozen)}

    for _click in range(2):
        admin_client.post(address(frozen), page)

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


def test_the_page_carries_what_it_shows(admin_client: Client, frozen: Order) -> None:
    page = admin_client.get(address(frozen)).content.decode()

    for mark in seen(frozen):
        assert f'name="seen" value="{mark}"' in page


def test_a_hold_that_came_while_the_page_was_open_stays(
    admin_client: Client, frozen: Order
) -> None:
    page = {"note": "Vérifié avec la banque.", "seen": seen(frozen)}
    place_hold(frozen, reason=HoldReason.FRAUD_WARNING, about="issfr_1", by="stripe")

    answer = admin_client.post(address(frozen), page)

    frozen.refresh_from_db()
    assert answer.status_code == 409
    assert "issfr_1" in answer.content.decode()
    assert frozen.is_on_hold
    assert [hold.about for hold in frozen.holds.filter(released_at=None)] == ["issfr_1"]


def test_a_cause_that_came_back_since_is_not_released_by_an_old_page(
    admin_client: Client, frozen: Order
) -> None:
    page = {"note": "Vérifié avec la banque.", "seen": seen(frozen)}
    release_all_holds(frozen, by="esther", note="Vu.")
    again = {"reason": HoldReason.DISPUTE, "about": "dp_1", "by": "stripe"}
    place_hold(frozen, again=True, **again)

    admin_client.post(address(frozen), page)

    frozen.refresh_from_db()
    assert frozen.is_on_hold
