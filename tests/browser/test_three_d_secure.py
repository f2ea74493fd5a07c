"""The customer's bank asks back: passed, failed, closed, and the tab closed."""

import pytest
from playwright.sync_api import expect

from orders.models import Order
from payments.models import Payment
from tests.browser.customer import Customer
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)

ASKS = "4000002760003184"


def test_passed_is_paid(customer: Customer, sandbox: SandboxProcess) -> None:
    customer.order()
    customer.pay(ASKS)

    customer.bank().get_by_role("button", name="Autoriser le paiement").click()

    customer.sees_confirmed()
    sandbox.wait_until_idle()
    assert Order.objects.get().status == "paid"


def test_failed_can_be_tried_again_with_another_card(customer: Customer) -> None:
    customer.order()
    customer.pay(ASKS)
    customer.bank().get_by_role("button", name="Refuser").click()
    customer.sees_error("Votre banque n’a pas pu confirmer")

    customer.pay()

    customer.sees_confirmed()
    assert Payment.objects.count() == 1


def test_closed_leaves_the_order_payable(customer: Customer) -> None:
    customer.order()
    customer.pay(ASKS)
    customer.bank().get_by_role("button", name="Fermer").click()
    customer.wait_until("ready")
    expect(customer.page.get_by_role("alert").first).to_be_visible()
    assert Order.objects.get().status in ("pending", "failed")

    customer.pay()

    customer.sees_confirmed()


def test_closing_the_tab_and_resuming_by_link(customer: Customer) -> None:
    customer.order()
    address = customer.page.url
    customer.pay(ASKS)
    expect(
        customer.bank().get_by_role("button", name="Autoriser le paiement")
    ).to_be_visible()
    context = customer.page.context
    customer.page.close()

    again = Customer(context.new_page(), customer.shop_url)
    again.page.goto(address)
    again.pay()

    again.sees_confirmed()
    assert Payment.objects.count() == 1
