"""Free at first: trials that begin, are about to end, end, or are cut short."""

import pytest

from tests.sandbox.billing.making import (
    DAY_S,
    UNTIL_FINAL_S,
    advance,
    begin_checkout,
    invoices_of,
    latest_invoice,
    make_clock,
    make_payer,
    period_of,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api, make_customer
from tests.sandbox_process import SandboxProcess

PAUSES = {"end_behavior": {"missing_payment_method": "pause"}}
CANCELS = {"end_behavior": {"missing_payment_method": "cancel"}}


def test_a_trial_costs_nothing_until_its_end(api: Api) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)

    subscription = subscribe(api, customer, trial_period_days=14)

    end = clock.frozen_time + 14 * DAY_S
    assert subscription.status == "trialing"
    assert (subscription.trial_start, subscription.trial_end) == (
        clock.frozen_time,
        end,
    )
    assert subscription.billing_cycle_anchor == end
    assert period_of(subscription) == (clock.frozen_time, end)
    first = latest_invoice(api, subscription)
    assert (first.status, first.total) == ("paid", 0)
    assert first.lines.data[0].description.startswith("Trial period for ")


def test_the_first_paid_period_follows_the_trial(api: Api) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer, trial_end=clock.frozen_time + 5 * DAY_S)

    advance(api, clock, subscription.trial_end + UNTIL_FINAL_S)

    found = api.subscriptions.retrieve(subscription.id)
    assert found.status == "active"
    assert period_of(found)[0] == subscription.trial_end
    amounts = [invoice.amount_paid for invoice in invoices_of(api, subscription)]
    assert amounts == [0, 9700]


def test_the_end_is_announced_three_days_before(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer, trial_period_days=14)
    warning = "customer.subscription.trial_will_end"

    advance(api, clock, subscription.trial_end - 3 * DAY_S - 1)
    assert sandbox.events(type=warning) == []
    advance(api, clock, subscription.trial_end - 3 * DAY_S)

    [told] = sandbox.events(type=warning)
    assert told["data"]["object"]["id"] == subscription.id


def test_a_short_trial_is_announced_at_once(api: Api, sandbox: SandboxProcess) -> None:
    subscribe(api, make_customer(api), trial_period_days=1)

    assert sandbox.events(type="customer.subscription.trial_will_end")


def test_a_checkout_with_a_trial_asks_for_a_card_by_a_setup_intent(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    subscription = begin_checkout(api, customer, trial_period_days=14)
    setup = subscription.pending_setup_intent
    assert (setup.status, setup.customer) == ("requires_payment_method", customer.id)
    assert subscription.latest_invoice.confirmation_secret is None

    api.setup_intents.confirm(setup.id, {"payment_method": "pm_card_visa"})

    found = api.subscriptions.retrieve(subscription.id)
    method = api.setup_intents.retrieve(setup.id).payment_method
    assert found.pending_setup_intent is None
    assert found.default_payment_method == method
    assert api.payment_methods.retrieve(method).customer == customer.id


@pytest.mark.parametrize(
    ("settings", "status"),
    [(PAUSES, "paused"), (CANCELS, "canceled"), (None, "past_due")],
    ids=["pause", "cancel", "create_invoice"],
)
def test_a_trial_that_ends_without_a_card(
    api: Api, settings: dict[str, object] | None, status: str
) -> None:
    clock = make_clock(api)
    customer = make_customer(api, test_clock=clock.id)
    wanted = {"trial_settings": settings} if settings else {}
    subscription = subscribe(api, customer, trial_period_days=5, **wanted)

    advance(api, clock, subscription.trial_end + UNTIL_FINAL_S)

    assert api.subscriptions.retrieve(subscription.id).status == status


def test_a_trial_that_pauses_says_why(api: Api, sandbox: SandboxProcess) -> None:
    customer = make_customer(api)
    subscription = subscribe(api, customer, trial_period_days=5, trial_settings=PAUSES)
    before = told_so_far(sandbox)

    paused = api.subscriptions.update(subscription.id, {"trial_end": "now"})

    why = paused.status_details.paused.subscription.type
    assert why == "trial_end_without_payment_method"
    assert types_since(sandbox, before) == [
        "customer.subscription.paused",
        "customer.subscription.updated",
    ]


def test_ending_a_trial_now_charges_now(api: Api) -> None:
    customer = make_payer(api)
    subscription = subscribe(api, customer, trial_period_days=14)

    active = api.subscriptions.update(subscription.id, {"trial_end": "now"})

    invoice = latest_invoice(api, subscription)
    assert active.status == "active"
    assert period_of(active)[0] == active.billing_cycle_anchor == active.trial_end
    assert (invoice.status, invoice.amount_paid) == ("paid", 9700)
    assert invoice.billing_reason == "subscription_update"


def test_a_trial_can_be_made_longer(api: Api, sandbox: SandboxProcess) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer, trial_period_days=5)
    longer = subscription.trial_end + 10 * DAY_S

    api.subscriptions.update(subscription.id, {"trial_end": longer})
    advance(api, clock, subscription.trial_end + DAY_S)

    assert api.subscriptions.retrieve(subscription.id).status == "trialing"
    advance(api, clock, longer + UNTIL_FINAL_S)
    assert api.subscriptions.retrieve(subscription.id).status == "active"
    assert len(sandbox.events(type="customer.subscription.trial_will_end")) == 1


def test_another_price_during_a_trial_is_free_until_its_end(api: Api) -> None:
    from_price = subscribe(api, make_payer(api), trial_period_days=14)
    item = from_price["items"].data[0]
    dearer = api.prices.create(
        {
            "product": item.price.product,
            "unit_amount": 12_000,
            "currency": "eur",
            "recurring": {"interval": "month"},
        }
    )

    api.subscriptions.update(
        from_price.id, {"items": [{"id": item.id, "price": dearer.id}]}
    )

    assert api.invoice_items.list().data == []
    preview = api.invoices.create_preview({"subscription": from_price.id})
    assert preview.total == 12_000
