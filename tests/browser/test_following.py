"""The order's page keeps itself up to date, and says how old its news is."""

import pytest
from playwright.sync_api import expect

from orders.actions.assign import assign_order
from orders.models import Order
from tests.browser.customer import Customer
from tests.factories.payments import make_payment
from tests.factories.work import make_paid_order

pytestmark = pytest.mark.django_db(transaction=True)
POLL = "**/api/payments/order/**"
STALE = "Pas de réponse depuis"


def follow(customer: Customer) -> Order:
    """A paid order's page, with a clock of the test's own."""
    order = make_paid_order()
    make_payment(order=order, status="completed")
    customer.page.clock.install()
    customer.page.goto(f"{customer.shop_url}{order.get_absolute_url()}")
    return order


def test_work_that_begins_is_shown_without_a_reload_by_hand(customer: Customer) -> None:
    order = follow(customer)
    current = customer.page.locator("[aria-current=step]")
    expect(current).to_contain_text("va vous lire")
    assert order.expert
    assign_order(order, to=order.expert, by="support")

    customer.page.clock.fast_forward("00:25")

    expect(current).to_contain_text("écrit votre lecture")


def test_polls_that_fail_change_nothing_and_are_told(customer: Customer) -> None:
    follow(customer)
    customer.page.route(POLL, lambda route: route.abort())
    line = customer.page.locator("[data-watch]")

    with customer.page.expect_request(POLL):
        customer.page.clock.fast_forward("00:25")
    with customer.page.expect_request(POLL):
        customer.page.clock.run_for("00:45")

    expect(line).to_contain_text(STALE)
    expect(customer.page.locator("[data-outcome]")).to_have_attribute(
        "data-outcome", "paid"
    )

    customer.page.unroute(POLL)
    with customer.page.expect_response(POLL):
        customer.page.clock.run_for("01:05")

    expect(line).to_be_empty()


def test_an_answer_that_cannot_be_read_changes_nothing(customer: Customer) -> None:
    follow(customer)
    customer.page.route(POLL, lambda route: route.fulfill(status=500, body="<html>"))

    with customer.page.expect_response(POLL):
        customer.page.clock.fast_forward("00:25")

    expect(customer.page.locator("[aria-current=step]")).to_contain_text("va vous lire")
