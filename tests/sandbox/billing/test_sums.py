"""Sums too small, too large, and what the customer has to his credit."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    HOUR_S,
    advance,
    make_clock,
    make_draft,
    make_item,
    make_payer,
    subscribe,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


def test_credit_of_the_customer_is_used_first(api: Api) -> None:
    customer = make_payer(api)
    api.customers.update(customer.id, {"balance": -500})

    paid = api.invoices.pay(make_draft(api, customer).id)

    assert (paid.total, paid.amount_due, paid.amount_paid) == (2000, 1500, 1500)
    assert (paid.starting_balance, paid.ending_balance) == (-500, 0)
    assert api.customers.retrieve(customer.id).balance == 0


def test_a_sum_too_small_to_charge_waits_on_the_balance(api: Api) -> None:
    customer = make_customer(api)

    final = api.invoices.finalize_invoice(make_draft(api, customer, 30).id)

    assert (final.status, final.amount_due) == ("paid", 0)
    assert api.customers.retrieve(customer.id).balance == 30
    assert make_draft(api, customer, 100).amount_due == 130


def test_a_sum_too_large_cannot_be_made_final(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    make_item(api, customer, 99_999_999)
    draft = make_draft(api, customer, 1)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.invoices.finalize_invoice(draft.id)

    assert error_of(refusal).code == "amount_too_large"
    found = api.invoices.retrieve(draft.id)
    assert found.status == "draft"
    assert found.last_finalization_error.code == "amount_too_large"
    assert sandbox.events(type="invoice.finalization_failed")


def test_a_renewal_that_cannot_be_made_final_stays_a_draft(
    api: Api, sandbox: SandboxProcess
) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    make_item(api, customer, 99_999_999)

    advance(api, clock, clock.frozen_time + 32 * 24 * HOUR_S)

    latest = api.subscriptions.retrieve(subscription.id).latest_invoice
    assert api.invoices.retrieve(latest).status == "draft"
    assert sandbox.events(type="invoice.finalization_failed")
