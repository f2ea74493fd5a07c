"""Each period ends and the next one is paid: a year of it, and what surrounds it."""

from datetime import UTC, datetime

import pytest

from tests.sandbox.billing.making import (
    DAY_S,
    HOUR_S,
    advance,
    authenticate,
    day_of,
    intent_of,
    invoices_of,
    last_day_of,
    latest_invoice,
    make_clock,
    make_payer,
    make_price,
    pass_renewal,
    period_of,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess

YEAR_S = 366 * DAY_S


def test_a_year_of_renewals_by_a_test_clock(api: Api, sandbox: SandboxProcess) -> None:
    clock = make_clock(api, "2026-01-31")
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))

    for _ in range(12):
        assert pass_renewal(api, clock, subscription).status == "paid"

    invoices = invoices_of(api, subscription)
    assert [invoice.amount_paid for invoice in invoices] == [9700] * 13
    assert [day_of(invoice.created) for invoice in invoices] == [
        *(last_day_of(2026, month) for month in range(1, 13)),
        "2027-01-31",
    ]
    lines = [invoice.lines.data[0].period for invoice in invoices]
    assert [line.end for line in lines[:-1]] == [line.start for line in lines[1:]]
    assert len({invoice.number for invoice in invoices}) == 13
    charged = [charge.amount for charge in api.charges.list({"limit": 100}).data]
    assert charged == [9700] * 13
    assert len(sandbox.events(type="invoice.paid")) == 13


def test_a_year_of_renewals_by_the_sandboxs_own_clock(
    api: Api, sandbox: SandboxProcess
) -> None:
    subscription = subscribe(api, make_payer(api))

    sandbox.advance(YEAR_S)
    sandbox.wait_until_idle()

    invoices = invoices_of(api, subscription)
    assert len(invoices) == 13
    assert {invoice.status for invoice in invoices} == {"paid"}
    start, end = period_of(api.subscriptions.retrieve(subscription.id))
    assert start < datetime.now(UTC).timestamp() + YEAR_S < end


@pytest.mark.parametrize(
    ("interval", "count", "ends"),
    [
        ("day", 1, "2024-03-01"),
        ("week", 1, "2024-03-07"),
        ("week", 2, "2024-03-14"),
        ("month", 1, "2024-03-29"),
        ("month", 3, "2024-05-29"),
        ("year", 1, "2025-02-28"),
    ],
)
def test_periods_follow_the_calendar(
    api: Api, interval: str, count: int, ends: str
) -> None:
    clock = make_clock(api, "2024-02-29")
    customer = make_payer(api, test_clock=clock.id)
    price = make_price(api, recurring={"interval": interval, "interval_count": count})

    subscription = subscribe(api, customer, price)

    assert day_of(period_of(subscription)[1]) == ends


def test_a_renewal_is_a_draft_for_an_hour(api: Api) -> None:
    clock = make_clock(api)
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))
    start, end = period_of(subscription)

    advance(api, clock, end + HOUR_S - 1)
    draft = latest_invoice(api, subscription)
    advance(api, clock, end + HOUR_S)
    final = latest_invoice(api, subscription)

    assert draft.id == final.id
    assert (draft.status, draft.billing_reason) == ("draft", "subscription_cycle")
    assert draft.automatically_finalizes_at == end + HOUR_S
    assert (draft.period_start, draft.period_end) == (start, end)
    assert draft.number is None
    assert (final.status, final.attempt_count) == ("paid", 1)
    assert final.automatically_finalizes_at is None
    assert api.subscriptions.retrieve(subscription.id).status == "active"


def test_events_of_a_renewal(api: Api, sandbox: SandboxProcess) -> None:
    clock = make_clock(api)
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))
    before = told_so_far(sandbox)

    pass_renewal(api, clock, subscription)

    told = [name for name in types_since(sandbox, before) if name != "charge.updated"]
    assert told == [
        "test_helpers.test_clock.advancing",
        "invoice.upcoming",
        "invoice.created",
        "customer.subscription.updated",
        "payment_intent.created",
        "invoice.finalized",
        "charge.succeeded",
        "payment_intent.succeeded",
        "invoice.updated",
        "invoice.paid",
        "invoice.payment_succeeded",
        "invoice_payment.paid",
        "test_helpers.test_clock.ready",
    ]


def test_an_update_tells_the_period_and_invoice_before(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))
    start, end = period_of(subscription)

    pass_renewal(api, clock, subscription)

    [told] = sandbox.events(type="customer.subscription.updated")
    former = told["data"]["previous_attributes"]
    assert set(former) == {"items", "latest_invoice"}
    assert former["latest_invoice"] == subscription.latest_invoice
    [item] = former["items"]["data"]
    assert (item["current_period_start"], item["current_period_end"]) == (start, end)


def test_an_upcoming_renewal_is_announced_a_week_before(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))
    _, end = period_of(subscription)

    advance(api, clock, end - 7 * DAY_S - 1)
    assert sandbox.events(type="invoice.upcoming") == []
    advance(api, clock, end - 7 * DAY_S)

    [told] = sandbox.events(type="invoice.upcoming")
    upcoming = told["data"]["object"]
    assert upcoming["id"].startswith("upcoming_in_")
    assert (upcoming["amount_due"], upcoming["billing_reason"]) == (9700, "upcoming")
    assert len(invoices_of(api, subscription)) == 1


def test_a_renewal_takes_pending_items_along(api: Api) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    item = api.invoice_items.create(
        {"customer": customer.id, "amount": 1500, "currency": "eur"}
    )

    invoice = pass_renewal(api, clock, subscription)

    assert [line.amount for line in invoice.lines.data] == [1500, 9700]
    assert invoice.amount_paid == 11_200
    assert api.invoice_items.retrieve(item.id).invoice == invoice.id


def test_renewals_use_the_card_that_is_the_default_at_that_time(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    own = api.payment_methods.attach("pm_card_mastercard", {"customer": customer.id})
    api.subscriptions.update(subscription.id, {"default_payment_method": own.id})

    first = pass_renewal(api, clock, subscription)
    api.payment_methods.detach(own.id)
    second = pass_renewal(api, clock, subscription)

    customers_card = customer.invoice_settings.default_payment_method
    assert intent_of(api, first.id).payment_method == own.id
    assert intent_of(api, second.id).payment_method == customers_card
    assert api.subscriptions.retrieve(subscription.id).default_payment_method is None


def test_a_card_that_authenticates_once_renews_by_itself(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    customer = make_payer(api, "pm_card_authenticationRequiredOnSetup")
    subscription = subscribe(api, customer)
    intent = intent_of(api, subscription.latest_invoice)
    assert intent.status == "requires_action"

    authenticate(raw, intent, "succeed")
    sandbox.advance(32 * DAY_S)

    invoices = invoices_of(api, subscription)
    assert [invoice.status for invoice in invoices] == ["paid", "paid"]
