"""A subscription begins: in the browser, at once, or not at all."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    ASKS_EACH_TIME,
    FAILS_LATER,
    HOUR_S,
    begin_checkout,
    intent_of,
    latest_invoice,
    make_clock,
    make_payer,
    make_price,
    period_of,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess


def test_a_checkout_gets_the_secret_of_the_first_invoice(api: Api) -> None:
    subscription = begin_checkout(api, make_customer(api))

    invoice = subscription.latest_invoice
    intent = intent_of(api, invoice.id)
    assert subscription.status == "incomplete"
    assert subscription.pending_setup_intent is None
    assert (invoice.status, invoice.amount_due) == ("open", 9700)
    assert invoice.confirmation_secret.client_secret == intent.client_secret
    assert (intent.amount, intent.status) == (9700, "requires_payment_method")
    assert intent.setup_future_usage == "off_session"
    assert intent.metadata.to_dict() == {}


def test_an_invoice_knows_its_subscription_and_its_metadata(api: Api) -> None:
    subscription = begin_checkout(api, make_customer(api), metadata={"orderId": "7"})

    details = subscription.latest_invoice.parent.subscription_details
    assert details.subscription == subscription.id
    assert details.metadata.to_dict() == {"orderId": "7"}
    assert subscription.latest_invoice.billing_reason == "subscription_create"


def test_events_before_the_buyer_pays(api: Api, sandbox: SandboxProcess) -> None:
    customer, price = make_customer(api), make_price(api)
    before = told_so_far(sandbox)

    begin_checkout(api, customer, price)

    assert types_since(sandbox, before) == [
        "invoice.created",
        "payment_intent.created",
        "invoice.finalized",
        "customer.subscription.created",
    ]


@pytest.mark.parametrize(
    ("method", "intent_status"),
    [(FAILS_LATER, "requires_payment_method"), (ASKS_EACH_TIME, "requires_action")],
)
def test_a_first_attempt_that_fails_is_an_answer_not_an_error(
    api: Api, method: str, intent_status: str
) -> None:
    subscription = subscribe(api, make_payer(api, method))

    assert subscription.status == "incomplete"
    assert intent_of(api, subscription.latest_invoice).status == intent_status


def test_a_card_on_file_pays_at_once(api: Api, sandbox: SandboxProcess) -> None:
    customer, price = make_payer(api), make_price(api)
    before = told_so_far(sandbox)

    subscription = subscribe(api, customer, price)

    assert subscription.status == "active"
    told = types_since(sandbox, before)
    assert told.index("invoice.paid") < told.index("customer.subscription.created")
    assert "customer.subscription.updated" not in told


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (FAILS_LATER, "card_declined"),
        (ASKS_EACH_TIME, "subscription_payment_intent_requires_action"),
    ],
)
def test_error_if_incomplete_makes_nothing(
    api: Api, sandbox: SandboxProcess, method: str, code: str
) -> None:
    customer, price = make_payer(api, method), make_price(api)
    before = told_so_far(sandbox)

    with pytest.raises(stripe.CardError) as refusal:
        subscribe(api, customer, price, payment_behavior="error_if_incomplete")

    assert (refusal.value.http_status, error_of(refusal).code) == (402, code)
    assert api.subscriptions.list({"status": "all"}).data == []
    assert types_since(sandbox, before) == []


def test_nobody_can_be_charged_without_a_card(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        subscribe(api, make_customer(api))

    assert "no attached payment source" in error_of(refusal).message
    assert error_of(refusal).code == "resource_missing"


def test_a_free_price_is_active_without_an_intent(api: Api) -> None:
    subscription = subscribe(api, make_customer(api), make_price(api, 0))

    invoice = latest_invoice(api, subscription)
    assert subscription.status == "active"
    assert (invoice.status, invoice.amount_due) == ("paid", 0)
    assert api.invoice_payments.list({"invoice": invoice.id}).data == []


def test_a_period_is_a_month_from_now_and_lives_on_the_item(api: Api) -> None:
    clock = make_clock(api, "2026-01-31")
    customer = make_payer(api, test_clock=clock.id)

    subscription = subscribe(api, customer)

    start, end = period_of(subscription)
    assert start == subscription.billing_cycle_anchor == clock.frozen_time
    assert end == start + 28 * 24 * HOUR_S
    [line] = latest_invoice(api, subscription).lines.data
    assert (line.period.start, line.period.end) == (start, end)
    assert line.description == "1 × Accompagnement Intégral (at €97.00 / month)"


def test_several_items_are_one_invoice(api: Api) -> None:
    one, two = make_price(api), make_price(api, 500)
    items = [{"price": one.id}, {"price": two.id, "quantity": 3}]

    subscription = subscribe(api, make_payer(api), items=items)

    invoice = latest_invoice(api, subscription)
    assert [line.amount for line in invoice.lines.data] == [9700, 1500]
    assert invoice.total == 11_200


def test_a_price_can_be_described_on_the_spot(api: Api) -> None:
    product = make_price(api).product
    data = {
        "currency": "eur",
        "product": product,
        "recurring": {"interval": "week"},
        "unit_amount": 2500,
    }

    subscription = subscribe(api, make_payer(api), items=[{"price_data": data}])

    [item] = subscription["items"].data
    assert (item.price.unit_amount, item.price.active) == (2500, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": []},
        {"items": [{"quantity": 1}]},
        {"items": [{"price": "price_none"}]},
        {"customer": "cus_none"},
        {"default_payment_method": "pm_none"},
        {"trial_period_days": 5, "trial_end": 4_000_000_000},
        {"collection_method": "send_invoice"},
        {"payment_behavior": "pending_if_incomplete"},
        {"colour": "green"},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_what_makes_no_sense_is_refused(api: Api, wrong: dict[str, object]) -> None:
    customer = make_payer(api)

    with pytest.raises(stripe.InvalidRequestError):
        subscribe(api, customer, **wrong)

    assert api.subscriptions.list({"status": "all"}).data == []


def test_prices_of_two_intervals_or_currencies_do_not_mix(api: Api) -> None:
    monthly = make_price(api)
    yearly = make_price(api, recurring={"interval": "year"})
    dollars = make_price(api, currency="usd")

    for other in (yearly, dollars, monthly):
        items = [{"price": monthly.id}, {"price": other.id}]
        with pytest.raises(stripe.InvalidRequestError):
            subscribe(api, make_payer(api), items=items)


def test_somebody_elses_card_is_refused(api: Api) -> None:
    stranger = make_payer(api)
    card = stranger.invoice_settings.default_payment_method

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        subscribe(api, make_payer(api), default_payment_method=card)

    assert error_of(refusal).param == "default_payment_method"


def test_the_same_key_makes_one_subscription(api: Api) -> None:
    customer, price = make_payer(api), make_price(api)
    wanted = {"customer": customer.id, "items": [{"price": price.id}]}

    first = api.subscriptions.create(wanted, {"idempotency_key": "sub-1"})
    second = api.subscriptions.create(wanted, {"idempotency_key": "sub-1"})

    assert first.id == second.id
    assert len(api.invoices.list().data) == 1


def test_the_shop_hears_of_it_all(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    subscribe(api, make_payer(api))

    sandbox.wait_until_idle()

    assert {"invoice.paid", "customer.subscription.created"} <= set(shop.types)
