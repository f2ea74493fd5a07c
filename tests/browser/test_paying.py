"""A customer pays, in a real browser, and our books say so."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from payments.models import Payment
from tests.browser.customer import Customer
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)

GENERIC_DECLINE, NO_FUNDS, EXPIRED, WRONG_NUMBER = (
    "4000000000000002",
    "4000000000009995",
    "4000000000000069",
    "4000000000000001",
)


def the_only_payment() -> Payment:
    return Payment.objects.get()


def test_a_card_that_works_makes_a_paid_order(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    order_id = customer.order()
    customer.pay()

    customer.sees_confirmed()
    sandbox.wait_until_idle()
    order = Order.objects.get(pk=order_id)
    assert (order.status, order.amount) == ("paid", 7900)
    assert the_only_payment().status == "completed"
    assert order.number in customer.page.inner_text("main")
    assert "client_secret" not in customer.page.url


def test_the_webhook_alone_settles_the_order(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    """The browser is closed before it could tell us anything."""
    order_id = customer.order()
    customer.wait_until("ready")
    intent_id = the_only_payment().intent_id
    customer.page.close()

    sandbox.pay(str(intent_id))
    sandbox.wait_until_idle()

    order = Order.objects.get(pk=order_id)
    assert order.status == "paid"
    assert order.events.get(after="paid").by == "stripe"


def test_without_webhooks_the_confirm_call_settles_it(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    sandbox.webhooks(enabled=False)
    order_id = customer.order()

    customer.pay()

    customer.sees_confirmed()
    assert Order.objects.get(pk=order_id).events.get(after="paid").by == "customer"


def test_a_declined_card_then_a_good_one_is_one_intent(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    order_id = customer.order()
    customer.pay(GENERIC_DECLINE)
    customer.sees_error("Votre carte a été refusée.")
    sandbox.wait_until_idle()
    assert Order.objects.get(pk=order_id).status == "failed"

    customer.pay()

    customer.sees_confirmed()
    sandbox.wait_until_idle()
    assert Order.objects.get(pk=order_id).status == "paid"
    assert the_only_payment().status == "completed"
    created = [r for r in sandbox.requests() if r["path"] == "/v1/payment_intents"]
    assert len(created) == 1


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (NO_FUNDS, "Fonds insuffisants sur votre compte."),
        (EXPIRED, "La carte que vous avez utilisée a expiré."),
        (WRONG_NUMBER, "Le numéro de carte que vous avez saisi est incorrect."),
    ],
)
def test_each_refusal_has_its_own_sentence(
    customer: Customer, card: str, sentence: str
) -> None:
    customer.order()

    customer.pay(card)

    customer.sees_error(sentence)
    customer.wait_until("ready")
    expect(customer.pay_button).to_be_enabled()


def test_a_double_click_pays_once(customer: Customer, sandbox: SandboxProcess) -> None:
    customer.order()
    customer.enter_card()

    customer.pay_button.dblclick()

    customer.sees_confirmed()
    confirmed = [r for r in sandbox.requests() if r["path"].endswith("/confirm")]
    assert len(confirmed) == 1


def test_a_double_click_on_the_form_is_one_order(customer: Customer) -> None:
    customer.fill_in_the_form()

    customer.submit_button.dblclick()

    customer.page.wait_for_url("**/paiement/**")
    assert Order.objects.count() == 1


def test_the_back_button_of_a_paid_order_does_not_sell_it_again(
    customer: Customer,
) -> None:
    customer.order()
    customer.pay()
    customer.sees_confirmed()

    customer.page.go_back()
    customer.page.go_forward()

    customer.sees_confirmed()
    assert Payment.objects.count() == 1


def test_a_second_tab_of_a_paid_order_goes_to_the_confirmation(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    customer.order()
    customer.wait_until("ready")
    other = Customer(customer.page.context.new_page(), customer.shop_url)
    other.page.goto(customer.page.url)
    other.pay()
    other.sees_confirmed()

    customer.pay()

    customer.sees_confirmed()
    charges = [e for e in sandbox.events() if e["type"] == "charge.succeeded"]
    assert len(charges) == 1


def test_a_reload_while_processing_ends_at_the_truth(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    customer.order()
    customer.enter_card()
    sandbox.fault("slow", route="POST /v1/payment_intents/{id}/confirm", seconds=1)
    customer.pay_button.click()
    customer.wait_until("processing")

    customer.page.reload()
    sandbox.wait_until_idle()
    customer.page.goto(f"{customer.shop_url}{Order.objects.get().get_absolute_url()}")

    customer.sees_confirmed()
    assert the_only_payment().status == "completed"


def test_the_order_is_kept_and_resumed_when_stripe_is_down(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    sandbox.fault("503", route="POST /v1/payment_intents", count=4)
    order_id = customer.order()
    customer.sees_error("Votre commande est conservée")

    customer.page.get_by_role("button", name="Réessayer").click()
    customer.pay()

    customer.sees_confirmed()
    assert Order.objects.get(pk=order_id).is_paid


def test_a_lost_answer_to_the_browser_is_looked_up_before_a_retry(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    customer.order()
    customer.enter_card()
    sandbox.fault("reset_after", route="POST /v1/payment_intents/{id}/confirm", count=5)

    customer.pay_button.click()

    customer.sees_confirmed()
    assert the_only_payment().status == "completed"


def test_an_order_resumes_from_its_link_on_another_device(
    customer: Customer, shop: LiveServer, open_page
) -> None:
    customer.order()
    customer.wait_until("ready")
    phone = Customer(
        open_page(viewport={"width": 390, "height": 844}, has_touch=True), shop.url
    )

    phone.page.goto(customer.page.url)
    phone.pay()

    phone.sees_confirmed()
    assert Payment.objects.count() == 1
