"""A subscription begins in the checkout of its first order."""

import pytest
from django.utils import translation

from orders.status import OrderStatus
from payments.actions.close_payment import close_payment
from payments.actions.start_payment import start_payment
from payments.models import Customer, Invoice, Payment, RecurringPrice, Subscription
from payments.subscriptions.begin import EmailNeeded
from tests.lumira.at_once import at_once
from tests.money.books import letters, moves
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    make_monthly,
    make_monthly_order,
    sdk,
    subscribe,
)

pytestmark = pytest.mark.django_db(transaction=True)
SUBSCRIPTIONS = "POST /v1/subscriptions"


def test_the_first_payment_makes_one_order_and_one_running_subscription(
    sandbox: SandboxProcess,
) -> None:
    subscription = subscribe(sandbox)

    order = subscription.first_order
    order.refresh_from_db()
    assert subscription.status == "active"
    assert (subscription.amount, subscription.currency) == (9700, "eur")
    assert subscription.period_end is not None
    assert (subscription.card_brand, subscription.card_last4) == ("visa", "4242")
    assert order.status == OrderStatus.PAID
    assert moves(order) == ["paid"]
    assert letters() == ["order_paid"]
    assert Invoice.objects.get().payment == subscription.first_payment


def test_a_checkout_that_is_not_paid_is_no_subscription(
    sandbox: SandboxProcess,
) -> None:
    payment, intent = start_payment(make_monthly_order())

    assert intent.client_secret.startswith(intent.intent_id)
    assert Subscription.objects.get().status == "incomplete"
    assert payment.order.status == OrderStatus.PENDING


def test_the_page_asked_again_shows_the_same_intent(sandbox: SandboxProcess) -> None:
    order = make_monthly_order()

    intents = {start_payment(order)[1].intent_id for _ in range(3)}

    assert len(intents) == 1
    assert len(sdk(sandbox).subscriptions.list({"status": "all"}).data) == 1


def test_many_submits_at_once_make_one_subscription(sandbox: SandboxProcess) -> None:
    order = make_monthly_order()

    answers = at_once(10, lambda _: start_payment(order)[1].intent_id)

    assert set(answers) == {Payment.objects.get().intent_id}
    assert len(sdk(sandbox).subscriptions.list({"status": "all"}).data) == 1
    assert Customer.objects.count() == RecurringPrice.objects.count() == 1


def test_one_address_is_one_customer_whatever_its_letters(
    sandbox: SandboxProcess,
) -> None:
    start_payment(make_monthly_order(email="alice@example.org"))
    start_payment(make_monthly_order(email="Alice@Example.org"))

    assert len(sdk(sandbox).customers.list().data) == 1


def test_a_new_price_is_a_new_price_of_the_same_product(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly()
    subscription = subscribe(sandbox, make_monthly_order(service=service))
    service.price = 11900
    service.save()

    start_payment(make_monthly_order(service=service, email="bob@example.org"))

    [product] = sdk(sandbox).products.list().data
    prices = sdk(sandbox).prices.list({"product": product.id}).data
    assert sorted(price.unit_amount for price in prices) == [9700, 11900]
    subscription.refresh_from_db()
    assert subscription.amount == 9700


def test_stripe_knows_it_by_its_french_name_whoever_subscribes_first(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly(name_en="Integral Journey")

    with translation.override("en"):
        start_payment(make_monthly_order(service=service))

    [product] = sdk(sandbox).products.list().data
    assert product.name == "Accompagnement Intégral"


def test_without_an_address_nothing_begins(sandbox: SandboxProcess) -> None:
    with pytest.raises(EmailNeeded):
        start_payment(make_monthly_order(email=""))

    assert sdk(sandbox).customers.list().data == []


def test_a_lost_answer_is_found_again(sandbox: SandboxProcess) -> None:
    order = make_monthly_order()
    sandbox.fault("reset_after", route=SUBSCRIPTIONS, count=4)
    with pytest.raises(Exception, match="APIConnectionError"):
        start_payment(order)

    _, intent = start_payment(order)

    [only] = sdk(sandbox).subscriptions.list({"status": "all"}).data
    assert Subscription.objects.get().stripe_id == only.id
    assert intent.client_secret


def test_an_abandoned_checkout_is_closed_there_too(sandbox: SandboxProcess) -> None:
    payment, intent = start_payment(make_monthly_order())

    assert close_payment(payment, by="expiry")

    assert sdk(sandbox).payment_intents.retrieve(intent.intent_id).status == "canceled"
    [invoice] = sdk(sandbox).invoices.list().data
    assert invoice.status == "void"


def test_closing_too_late_leaves_what_was_paid(sandbox: SandboxProcess) -> None:
    payment, intent = start_payment(make_monthly_order())
    sandbox.pay(intent.intent_id, card="4242424242424242")

    assert not close_payment(payment, by="expiry")

    assert payment.status == "completed"
    [there] = sdk(sandbox).subscriptions.list().data
    assert there.status == "active"
