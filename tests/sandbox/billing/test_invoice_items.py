"""Sums that wait for an invoice, and the lines they become."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    TAKES_ALL,
    make_draft,
    make_item,
    make_payer,
    make_price,
    subscribe,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


def test_pending_items_are_left_out_unless_asked_for(api: Api) -> None:
    customer = make_customer(api)
    make_item(api, customer)

    assert api.invoices.create({"customer": customer.id}).total == 0


def test_the_lines_of_an_invoice_come_in_pages(api: Api) -> None:
    customer = make_customer(api)
    for amount in (100, 200, 300):
        make_item(api, customer, amount)
    draft = api.invoices.create({"customer": customer.id, **TAKES_ALL})

    first = api.invoices.line_items.list(draft.id, {"limit": 2})
    rest = api.invoices.line_items.list(draft.id, {"starting_after": first.data[-1].id})

    assert [line.amount for line in draft.lines.data] == [300, 200, 100]
    assert [line.amount for line in first.data] == [300, 200]
    assert [line.amount for line in rest.data] == [100]
    assert first.has_more is True


def test_an_invoice_of_a_subscription_takes_what_waits_for_it(api: Api) -> None:
    customer = make_payer(api)
    subscription = subscribe(api, customer)
    make_item(api, customer, 700, subscription=subscription.id)
    make_item(api, customer, 900)

    draft = api.invoices.create({"subscription": subscription.id})

    assert draft.total == 700
    assert draft.parent.subscription_details.subscription == subscription.id
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.invoices.create({"subscription": subscription.id})
    assert error_of(refusal).code == "invoice_no_subscription_line_items"


def test_an_item_can_have_a_price_and_be_changed_until_it_is_final(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    price = make_price(api, 250, recurring=None)
    draft = api.invoices.create({"customer": customer.id, "currency": "eur"})
    item = api.invoice_items.create(
        {"invoice": draft.id, "pricing": {"price": price.id}, "quantity": 2}
    )
    assert api.invoices.retrieve(draft.id).total == 500

    api.invoice_items.update(item.id, {"quantity": 4, "description": "Tirages"})

    final = api.invoices.finalize_invoice(draft.id)
    [line] = final.lines.data
    assert (line.amount, line.description, line.quantity) == (1000, "Tirages", 4)
    with pytest.raises(stripe.InvalidRequestError):
        api.invoice_items.update(item.id, {"quantity": 1})
    with pytest.raises(stripe.InvalidRequestError):
        api.invoice_items.delete(item.id)


def test_an_item_that_is_deleted_leaves_its_draft(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    draft = make_draft(api, customer)
    [item] = api.invoice_items.list({"invoice": draft.id}).data

    gone = api.invoice_items.delete(item.id)

    assert gone.deleted is True
    assert api.invoices.retrieve(draft.id).total == 0
    assert sandbox.events(type="invoiceitem.deleted")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"amount": 100, "pricing": {"price": "price_none"}},
        {"amount": 100, "currency": "zzz"},
        {"amount": 100, "customer": "cus_none"},
        {"amount": 100, "invoice": "in_none"},
    ],
    ids=["nothing", "both", "currency", "customer", "invoice"],
)
def test_an_item_that_makes_no_sense_is_refused(
    api: Api, wrong: dict[str, object]
) -> None:
    customer = make_customer(api)

    with pytest.raises(stripe.InvalidRequestError):
        api.invoice_items.create({"customer": customer.id, **wrong})
