"""A subscription ends: now, with its period, at a date, or not after all."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    FAILS_LATER,
    UNTIL_FINAL_S,
    advance,
    begin_checkout,
    give_card,
    invoices_of,
    latest_invoice,
    make_clock,
    make_payer,
    pass_renewal,
    period_of,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


class Subscriber:
    def __init__(self, api: Api) -> None:
        self.clock = make_clock(api, "2026-04-01")
        self.customer = make_payer(api, test_clock=self.clock.id)
        self.subscription = subscribe(api, self.customer)
        self.id = self.subscription.id
        self.end = period_of(self.subscription)[1]


@pytest.fixture
def subscriber(api: Api) -> Subscriber:
    return Subscriber(api)


def test_canceling_now(
    api: Api, sandbox: SandboxProcess, subscriber: Subscriber
) -> None:
    before = told_so_far(sandbox)

    gone = api.subscriptions.cancel(
        subscriber.id,
        {"cancellation_details": {"comment": "Merci", "feedback": "other"}},
    )

    assert gone.status == "canceled"
    assert gone.canceled_at == gone.ended_at == subscriber.clock.frozen_time
    assert gone.cancellation_details.reason == "cancellation_requested"
    assert gone.cancellation_details.comment == "Merci"
    assert types_since(sandbox, before) == ["customer.subscription.deleted"]
    advance(api, subscriber.clock, subscriber.end + UNTIL_FINAL_S)
    assert len(invoices_of(api, subscriber.subscription)) == 1


def test_canceling_twice_finds_nothing(api: Api, subscriber: Subscriber) -> None:
    api.subscriptions.cancel(subscriber.id)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.subscriptions.cancel(subscriber.id)

    assert (refusal.value.http_status, error_of(refusal).code) == (
        404,
        "resource_missing",
    )


def test_stopping_at_the_end_of_the_period(
    api: Api, sandbox: SandboxProcess, subscriber: Subscriber
) -> None:
    stopping = api.subscriptions.update(subscriber.id, {"cancel_at_period_end": True})
    assert stopping.status == "active"
    assert stopping.cancel_at_period_end is True
    assert stopping.cancel_at == subscriber.end
    assert stopping.canceled_at == subscriber.clock.frozen_time

    advance(api, subscriber.clock, subscriber.end)

    ended = api.subscriptions.retrieve(subscriber.id)
    assert (ended.status, ended.ended_at) == ("canceled", subscriber.end)
    assert ended.canceled_at == subscriber.clock.frozen_time
    assert ended.cancel_at_period_end is True
    assert len(invoices_of(api, subscriber.subscription)) == 1
    assert sandbox.events(type="invoice.upcoming") == []


def test_changing_ones_mind_before_the_end(api: Api, subscriber: Subscriber) -> None:
    api.subscriptions.update(subscriber.id, {"cancel_at_period_end": True})

    resumed = api.subscriptions.update(subscriber.id, {"cancel_at_period_end": False})

    assert (resumed.cancel_at, resumed.canceled_at) == (None, None)
    assert resumed.cancellation_details.reason is None
    assert pass_renewal(api, subscriber.clock, resumed).status == "paid"


def test_stopping_at_a_date(api: Api, subscriber: Subscriber) -> None:
    date = subscriber.end + 10 * DAY_S
    api.subscriptions.update(subscriber.id, {"cancel_at": date})

    assert pass_renewal(api, subscriber.clock, subscriber.subscription).status == "paid"
    advance(api, subscriber.clock, date - 1)
    assert api.subscriptions.retrieve(subscriber.id).status == "active"
    advance(api, subscriber.clock, date)

    ended = api.subscriptions.retrieve(subscriber.id)
    assert (ended.status, ended.ended_at) == ("canceled", date)


def test_a_date_that_was_taken_back_ends_nothing(
    api: Api, subscriber: Subscriber
) -> None:
    date = subscriber.clock.frozen_time + DAY_S
    api.subscriptions.update(subscriber.id, {"cancel_at": date})
    api.subscriptions.update(subscriber.id, {"cancel_at": ""})

    advance(api, subscriber.clock, date + DAY_S)

    assert api.subscriptions.retrieve(subscriber.id).status == "active"


@pytest.mark.parametrize(
    "wrong",
    [{"cancel_at": 1}, {"cancel_at": 4_000_000_000, "cancel_at_period_end": True}],
    ids=["past", "both"],
)
def test_an_end_that_makes_no_sense_is_refused(
    api: Api, subscriber: Subscriber, wrong: dict[str, object]
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        api.subscriptions.update(subscriber.id, wrong)


def test_what_is_canceled_only_takes_metadata(api: Api, subscriber: Subscriber) -> None:
    api.subscriptions.cancel(subscriber.id)

    kept = api.subscriptions.update(subscriber.id, {"metadata": {"by": "staff"}})

    assert kept.metadata.to_dict() == {"by": "staff"}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.subscriptions.update(subscriber.id, {"cancel_at_period_end": True})
    assert error_of(refusal).message.startswith("A canceled subscription can only")


def test_canceling_stops_the_retries(api: Api, subscriber: Subscriber) -> None:
    give_card(api, subscriber.customer, FAILS_LATER)
    invoice = pass_renewal(api, subscriber.clock, subscriber.subscription)

    api.subscriptions.cancel(subscriber.id)

    stopped = api.invoices.retrieve(invoice.id)
    assert (stopped.status, stopped.auto_advance) == ("open", False)
    assert stopped.next_payment_attempt is None
    advance(api, subscriber.clock, invoice.next_payment_attempt + DAY_S)
    assert api.invoices.retrieve(invoice.id).attempt_count == 1


def test_unused_time_can_be_credited(api: Api, subscriber: Subscriber) -> None:
    advance(api, subscriber.clock, subscriber.clock.frozen_time + 15 * DAY_S)

    gone = api.subscriptions.cancel(subscriber.id, {"prorate": True})

    [credit] = api.invoice_items.list({"pending": True}).data
    assert (gone.status, credit.amount) == ("canceled", -4850)


def test_what_waits_can_be_settled_at_once(api: Api, subscriber: Subscriber) -> None:
    advance(api, subscriber.clock, subscriber.clock.frozen_time + 15 * DAY_S)
    api.invoice_items.create(
        {"customer": subscriber.customer.id, "amount": 9850, "currency": "eur"}
    )

    gone = api.subscriptions.cancel(
        subscriber.id, {"prorate": True, "invoice_now": True}
    )

    last = api.invoices.retrieve(gone.latest_invoice)
    assert gone.status == "canceled"
    assert [line.amount for line in last.lines.data] == [-4850, 9850]
    assert (last.status, last.amount_paid) == ("paid", 5000)


def test_pending_prorations_go_with_it(api: Api, subscriber: Subscriber) -> None:
    item = subscriber.subscription["items"].data[0]
    advance(api, subscriber.clock, subscriber.clock.frozen_time + 15 * DAY_S)
    api.subscription_items.update(item.id, {"quantity": 2})
    assert len(api.invoice_items.list({"pending": True}).data) == 2

    api.subscriptions.cancel(subscriber.id)

    assert api.invoice_items.list().data == []


def test_pending_items_get_a_last_invoice_at_the_end_of_the_period(
    api: Api, subscriber: Subscriber
) -> None:
    api.subscriptions.update(subscriber.id, {"cancel_at_period_end": True})
    api.invoice_items.create(
        {"customer": subscriber.customer.id, "amount": 1500, "currency": "eur"}
    )

    advance(api, subscriber.clock, subscriber.end + UNTIL_FINAL_S)

    last = latest_invoice(api, subscriber.subscription)
    assert (last.status, last.amount_paid) == ("paid", 1500)
    assert api.subscriptions.retrieve(subscriber.id).status == "canceled"


def test_a_beginning_that_nobody_paid_expires_when_canceled(
    api: Api, sandbox: SandboxProcess
) -> None:
    subscription = begin_checkout(api, make_customer(api))

    gone = api.subscriptions.cancel(subscription.id)

    assert gone.status == "incomplete_expired"
    assert latest_invoice(api, subscription).status == "void"
    assert sandbox.events(type="customer.subscription.deleted") == []
    told = sandbox.events(type="customer.subscription.updated")
    assert told[-1]["data"]["object"]["status"] == "incomplete_expired"


def test_a_customer_who_is_deleted_takes_the_subscriptions_along(
    api: Api, subscriber: Subscriber
) -> None:
    api.customers.delete(subscriber.customer.id)

    assert api.subscriptions.retrieve(subscriber.id).status == "canceled"


def test_lists_leave_out_what_was_canceled_unless_asked(api: Api) -> None:
    customer = make_payer(api)
    running, gone = subscribe(api, customer), subscribe(api, customer)
    api.subscriptions.cancel(gone.id)

    def ids(**wanted: object) -> list[str]:
        found = api.subscriptions.list({"customer": customer.id, **wanted}).data
        return [subscription.id for subscription in found]

    assert ids() == [running.id]
    assert ids(status="all") == [gone.id, running.id]
    assert ids(status="canceled") == ids(status="ended") == [gone.id]
    assert ids(status="past_due") == []
    assert ids(price=running["items"].data[0].price.id) == [running.id]
    end = period_of(running)[1]
    assert ids(current_period_end={"gt": end}) == []
    expanded = api.customers.retrieve(customer.id, {"expand": ["subscriptions"]})
    assert [item.id for item in expanded.subscriptions.data] == [running.id]
