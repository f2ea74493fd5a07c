"""The admin on a phone: nothing hangs over the edge, every button can be touched."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lumira.accounts.roles import Role
from orders.models import Order
from tests.browser.conftest import PHONE
from tests.browser.staff import Staff, hire, hire_expert
from tests.factories.catalogue import make_expert
from tests.factories.payments import make_dispute, make_payment
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_submitted_reading,
)

pytestmark = pytest.mark.django_db(transaction=True)

# As long as people are really called, in one word that cannot be broken.
CUSTOMER = {
    "email": "marie-antoinette.de-la-rochefoucauld@example-of-a-long-name.org",
    "name": "Marie-Antoinette de La Rochefoucauld",
    "intake": {"specificQuestion": "Pourquoi" + "â" * 60, "phone": "+33 6 39 98 12 34"},
}


@pytest.fixture
def phone(live_server: LiveServer, open_page: Callable[..., Page]) -> Staff:
    return Staff(open_page(viewport=PHONE, has_touch=True), live_server.url)


def make_orders() -> dict[str, Order]:
    make_expert(slug="camille-aubry")
    facts = {"expert": hire_expert(), **CUSTOMER}
    orders = {
        "paid": make_paid_order(**facts),
        "at work": make_assigned_order(**facts),
        "submitted": make_assigned_order(**facts),
        "approved": make_assigned_order(**facts, delivery_format="whatsapp"),
    }
    make_submitted_reading(orders["submitted"])
    make_delivered_order(orders["approved"])
    for order in orders.values():
        payment = make_payment(order=order, status="completed")
    make_dispute(payment)
    return orders


def everybodys_pages(orders: dict[str, Order]) -> Iterator[tuple[str, list[object]]]:
    yield "index", []
    for queue in ("to_assign", "in_progress", "to_validate", "to_deliver", "late"):
        yield "orders_order_queue", [queue]
    yield "orders_order_changelist", []
    for order in orders.values():
        yield "orders_order_change", [order.pk]
    yield "orders_order_assign", [orders["paid"].pk]
    yield "orders_order_decide", [orders["submitted"].pk]
    yield "orders_order_reading", [orders["submitted"].pk, 1]
    yield "orders_order_deliver", [orders["approved"].pk]
    yield "payments_payment_refund", [orders["paid"].payments.get().pk]
    yield "payments_payment_change", [orders["approved"].payments.get().pk]
    yield "audit_auditentry_changelist", []


def is_as_wide_as_the_phone(person: Staff) -> bool:
    width = person.page.evaluate("document.documentElement.scrollWidth")
    return bool(width <= PHONE["width"])


def test_no_page_of_the_day_is_wider_than_the_phone(phone: Staff) -> None:
    orders = make_orders()
    hire(Role.ADMINISTRATOR, "claire")
    phone.looks_at("index")
    assert is_as_wide_as_the_phone(phone), "login"
    phone.signs_in("claire")
    too_wide = []

    for name, arguments in everybodys_pages(orders):
        assert phone.looks_at(name, *arguments).ok, name
        if not is_as_wide_as_the_phone(phone):
            too_wide.append((name, arguments))

    assert too_wide == []


def test_an_expert_takes_an_order_and_writes_on_a_phone(phone: Staff) -> None:
    order = make_orders()["paid"]
    phone.looks_at("index")
    phone.signs_in("camille-aubry")

    phone.goes_to_queue("À prendre")
    phone.opens(order)
    phone.takes_step("Prendre la commande…")
    phone.presses("Prendre la commande")
    phone.takes_step("Écrire la lecture")
    phone.page.get_by_label("Lecture", exact=True).fill("Partez au printemps.")

    assert is_as_wide_as_the_phone(phone)
    phone.presses("Enregistrer et envoyer en validation")
    phone.sees_state("En validation")
    expect(phone.steps).to_have_count(0)
