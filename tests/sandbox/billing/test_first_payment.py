"""The first invoice of a checkout: paid in the browser, declined, expired."""

from tests.sandbox.billing.making import (
    HOUR_S,
    begin_checkout,
    intent_of,
    latest_invoice,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api, make_customer
from tests.sandbox_process import SandboxProcess


def test_paying_in_the_browser_activates_and_keeps_the_card(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    subscription = begin_checkout(api, customer)
    intent = intent_of(api, subscription.latest_invoice.id)
    before = told_so_far(sandbox)

    sandbox.pay(intent.id)

    found = api.subscriptions.retrieve(subscription.id, {"expand": ["latest_invoice"]})
    paid = api.payment_intents.retrieve(intent.id)
    assert found.status == "active"
    assert found.default_payment_method == paid.payment_method
    assert found.latest_invoice.status == "paid"
    assert found.latest_invoice.amount_paid == 9700
    assert api.payment_methods.retrieve(paid.payment_method).customer == customer.id
    assert types_since(sandbox, before) == [
        "charge.succeeded",
        "payment_method.attached",
        "payment_intent.succeeded",
        "invoice.updated",
        "invoice.paid",
        "customer.subscription.updated",
        "invoice.payment_succeeded",
        "invoice_payment.paid",
        "charge.updated",
    ]
    [told] = sandbox.events(type="customer.subscription.updated")
    assert told["data"]["previous_attributes"] == {
        "default_payment_method": None,
        "status": "incomplete",
    }


def test_without_asking_the_card_is_not_made_the_subscriptions_own(
    api: Api, sandbox: SandboxProcess
) -> None:
    subscription = subscribe(
        api, make_customer(api), payment_behavior="default_incomplete"
    )

    sandbox.pay(intent_of(api, subscription.latest_invoice).id)

    assert api.subscriptions.retrieve(subscription.id).default_payment_method is None


def test_a_declined_card_leaves_it_incomplete_and_the_next_one_may_pay(
    api: Api, sandbox: SandboxProcess
) -> None:
    subscription = begin_checkout(api, make_customer(api))
    intent = intent_of(api, subscription.latest_invoice.id)

    declined = sandbox.pay(intent.id, card="4000000000000002")

    assert declined["error"]["code"] == "card_declined"
    assert api.subscriptions.retrieve(subscription.id).status == "incomplete"
    invoice = latest_invoice(api, subscription)
    assert (invoice.status, invoice.attempt_count) == ("open", 1)
    assert invoice.next_payment_attempt is None
    assert sandbox.events(type="invoice.payment_failed")
    sandbox.pay(intent.id)
    assert api.subscriptions.retrieve(subscription.id).status == "active"


def test_three_d_secure_on_the_first_payment(api: Api, sandbox: SandboxProcess) -> None:
    subscription = begin_checkout(api, make_customer(api))
    intent = intent_of(api, subscription.latest_invoice.id)

    sandbox.pay(intent.id, card="4000002500003155", three_d_secure="pass")

    assert api.subscriptions.retrieve(subscription.id).status == "active"
    assert sandbox.events(type="invoice.payment_action_required")


def test_an_unpaid_beginning_expires_after_23_hours(
    api: Api, sandbox: SandboxProcess
) -> None:
    subscription = begin_checkout(api, make_customer(api))
    intent = intent_of(api, subscription.latest_invoice.id)
    sandbox.advance(23 * HOUR_S - 60)
    assert api.subscriptions.retrieve(subscription.id).status == "incomplete"

    sandbox.advance(120)

    expired = api.subscriptions.retrieve(subscription.id)
    assert expired.status == "incomplete_expired"
    assert expired.ended_at
    assert latest_invoice(api, subscription).status == "void"
    canceled = api.payment_intents.retrieve(intent.id)
    assert (canceled.status, canceled.cancellation_reason) == (
        "canceled",
        "void_invoice",
    )
    assert sandbox.events(type="customer.subscription.deleted") == []


def test_a_paid_beginning_does_not_expire(api: Api, sandbox: SandboxProcess) -> None:
    subscription = begin_checkout(api, make_customer(api))
    sandbox.pay(intent_of(api, subscription.latest_invoice.id).id)

    sandbox.advance(24 * HOUR_S)

    assert api.subscriptions.retrieve(subscription.id).status == "active"


def test_a_debit_that_takes_days_is_trusted_at_once(
    api: Api, sandbox: SandboxProcess
) -> None:
    sandbox.control("POST", "payment_methods", enabled=["card", "sepa_debit"])
    subscription = begin_checkout(api, make_customer(api))
    intent = intent_of(api, subscription.latest_invoice.id)

    sandbox.pay(intent.id, type="sepa_debit")

    assert api.subscriptions.retrieve(subscription.id).status == "active"
    assert latest_invoice(api, subscription).status == "open"
    sandbox.control("POST", f"payment_intents/{intent.id}/settle", outcome="succeed")
    assert latest_invoice(api, subscription).status == "paid"
