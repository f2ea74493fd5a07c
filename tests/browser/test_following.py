"""The order's page keeps itself up to date, and says how old its news is."""

import pytest
from playwright.sync_api import Page, Request, expect

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


def until_it_asks(page: Page) -> None:
    """The page's clock goes on, second by second, until it has asked once more.

    Its next pause begins when it has dealt with the last answer, and nobody sees when
    that is.
    """
    asked: list[str] = []

    def hear(request: Request) -> None:
        if "/api/payments/order/" in request.url:
            asked.append(request.url)

    page.on("request", hear)
    for _second in range(1_000):
        page.clock.run_for(1_000)
        if asked:
            break
    page.remove_listener("request", hear)
    assert asked, "It never asks again."


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

    until_it_asks(customer.page)
    until_it_asks(customer.page)

    expect(line).to_contain_text(STALE)
    expect(customer.page.locator("[data-outcome]")).to_have_attribute(
        "data-outcome", "paid"
    )

    customer.page.unroute(POLL)
    with customer.page.expect_response(POLL):
        until_it_asks(customer.page)

    expect(line).to_be_empty()


def test_an_answer_that_cannot_be_read_changes_nothing(customer: Customer) -> None:
    follow(customer)
    customer.page.route(POLL, lambda route: route.fulfill(status=500, body="<html>"))

    with customer.page.expect_response(POLL):
        until_it_asks(customer.page)

    expect(customer.page.locator("[aria-current=step]")).to_contain_text("va vous lire")
