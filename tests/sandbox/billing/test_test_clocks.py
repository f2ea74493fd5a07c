"""Test clocks: a time of their own for some customers."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    HOUR_S,
    advance,
    day_of,
    invoices_of,
    latest_invoice,
    make_clock,
    make_payer,
    make_price,
    moment,
    period_of,
    subscribe,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


def test_a_clock_is_made_read_listed_and_deleted(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = api.test_helpers.test_clocks.create(
        {"frozen_time": moment("2026-01-15"), "name": "A year"}
    )

    listed = api.test_helpers.test_clocks.list().data
    gone = api.test_helpers.test_clocks.delete(clock.id)

    assert (clock.status, clock.name) == ("ready", "A year")
    assert [item.id for item in listed] == [clock.id]
    assert gone.deleted is True
    assert [event["type"] for event in sandbox.events()] == [
        "test_helpers.test_clock.created",
        "test_helpers.test_clock.deleted",
    ]


def test_advancing_takes_a_moment_and_then_it_is_ready(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    target = clock.frozen_time + DAY_S

    answer = api.test_helpers.test_clocks.advance(clock.id, {"frozen_time": target})
    sandbox.wait_until_idle()
    found = api.test_helpers.test_clocks.retrieve(clock.id)

    assert answer.status == "advancing"
    assert answer.status_details.advancing.target_frozen_time == target
    assert answer.frozen_time == clock.frozen_time
    assert (found.status, found.frozen_time) == ("ready", target)
    told = [event["type"] for event in sandbox.events()]
    assert told[-2:] == [
        "test_helpers.test_clock.advancing",
        "test_helpers.test_clock.ready",
    ]


def test_what_is_made_under_a_clock_is_dated_by_it(api: Api) -> None:
    clock = make_clock(api, "2020-02-29")
    customer = make_payer(api, test_clock=clock.id)

    subscription = subscribe(api, customer)

    invoice = latest_invoice(api, subscription)
    dates = {subscription.created, invoice.created, customer.created}
    assert dates == {moment("2020-02-29")}
    assert invoice.status_transitions.paid_at == moment("2020-02-29")
    assert subscription.test_clock == invoice.test_clock == clock.id


def test_events_are_dated_by_the_sandbox_and_can_be_listed(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api, "2020-02-29")
    subscribe(api, make_payer(api, test_clock=clock.id))

    listed = api.events.list({"type": "invoice.paid"}).data

    assert len(listed) == 1
    assert listed[0].created > moment("2026-01-01")


def test_the_sandboxs_own_clock_leaves_a_test_clock_alone(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))

    sandbox.advance(100 * DAY_S)

    assert len(invoices_of(api, subscription)) == 1


def test_two_clocks_do_not_disturb_each_other(api: Api) -> None:
    early, late = make_clock(api, "2026-01-01"), make_clock(api, "2026-06-01")
    one = subscribe(api, make_payer(api, test_clock=early.id))
    two = subscribe(api, make_payer(api, test_clock=late.id))

    advance(api, early, moment("2026-02-01 02:00"))

    assert len(invoices_of(api, one)) == 2
    assert len(invoices_of(api, two)) == 1


@pytest.mark.parametrize(
    ("recurring", "furthest"),
    [
        (None, "2028-01-15"),
        ({"interval": "month"}, "2026-03-15"),
        ({"interval": "week"}, "2026-01-29"),
    ],
    ids=["none", "month", "week"],
)
def test_a_clock_advances_by_two_periods_at_most(
    api: Api, recurring: dict[str, str] | None, furthest: str
) -> None:
    clock = make_clock(api, "2026-01-15")
    if recurring:
        price = make_price(api, recurring=recurring)
        subscribe(api, make_payer(api, test_clock=clock.id), price)

    with pytest.raises(stripe.InvalidRequestError):
        advance(api, clock, moment(furthest) + 1)

    advance(api, clock, moment(furthest))


def test_a_clock_never_goes_back(api: Api) -> None:
    clock = make_clock(api)

    for target in (clock.frozen_time, clock.frozen_time - 1):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            advance(api, clock, target)
        assert error_of(refusal).param == "frozen_time"


def test_two_periods_are_billed_one_after_the_other(api: Api) -> None:
    clock = make_clock(api, "2026-01-15")
    subscription = subscribe(api, make_payer(api, test_clock=clock.id))

    advance(api, clock, moment("2026-03-15"))

    starts = [day_of(invoice.created) for invoice in invoices_of(api, subscription)]
    assert starts == ["2026-01-15", "2026-02-15", "2026-03-15"]
    assert latest_invoice(api, subscription).status == "draft"


def test_nothing_can_be_changed_while_a_clock_advances(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    sandbox.control("POST", "billing", clock_step_s=60)
    _, end = period_of(subscription)
    api.test_helpers.test_clocks.advance(clock.id, {"frozen_time": end + HOUR_S})

    with pytest.raises(stripe.RateLimitError) as refusal:
        api.subscriptions.cancel(subscription.id)

    assert "Test clock advancement underway" in error_of(refusal).message
    assert api.subscriptions.retrieve(subscription.id).status == "active"
    sandbox.advance(600)
    assert api.subscriptions.cancel(subscription.id).status == "canceled"


def test_deleting_a_clock_takes_its_customers_along(api: Api) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    other = make_customer(api)

    api.test_helpers.test_clocks.delete(clock.id)

    assert api.customers.retrieve(customer.id).deleted is True
    assert [item.id for item in api.customers.list().data] == [other.id]
    assert api.subscriptions.retrieve(subscription.id).status == "canceled"
