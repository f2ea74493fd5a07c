"""Months of billing in which every kind of object and event of its comes up."""

from contextlib import suppress
from operator import attrgetter
from typing import Any

import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    FAILS_LATER,
    advance,
    begin_checkout,
    give_card,
    make_clock,
    make_draft,
    make_item,
    make_payer,
    make_price,
    make_product,
    pass_renewal,
    period_of,
    subscribe,
)
from tests.sandbox.making import Api, make_customer

_NO_CREDIT = {"bill_for": {"unused_time_from": {"type": "none"}}}
_TOO_MUCH = 100_000_000
_LISTS = (
    "products",
    "prices",
    "subscriptions",
    "invoices",
    "invoice_items",
    "invoice_payments",
    "test_helpers.test_clocks",
)


def make_every_invoice(api: Api) -> None:
    _catalogue(api)
    _subscriptions(api)
    _renewals(api)
    _asked_back(api)
    _trial(api)
    _invoices(api)
    _read_all(api)


def _catalogue(api: Api) -> None:
    product = make_product(api, description="Cercle", metadata={"colour": "blue"})
    price = make_price(api, product=product.id, nickname="Monthly")
    api.prices.update(price.id, {"active": False})
    api.products.update(product.id, {"name": "Cercle intime"})
    api.products.delete(make_product(api).id)


def _subscriptions(api: Api) -> None:
    begin_checkout(api, make_customer(api))
    begin_checkout(api, make_customer(api), trial_period_days=7)
    customer = make_payer(api)
    made = subscribe(api, customer, trial_period_days=30)
    api.subscriptions.update(made.id, {"cancel_at_period_end": True})
    [item] = api.subscription_items.list({"subscription": made.id}).data
    api.subscription_items.retrieve(item.id)
    api.subscription_items.update(item.id, {"quantity": 2})
    api.subscriptions.cancel(made.id)
    api.customer_sessions.create(
        {
            "customer": customer.id,
            "components": {"payment_element": {"enabled": True}},
        }
    )


def _renewals(api: Api) -> None:
    """One goes on, one pauses, one loses its card and ends."""
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    made, paused = subscribe(api, customer), subscribe(api, customer)
    api.subscriptions.pause(paused.id, {"type": "subscription", **_NO_CREDIT})
    once_paid = {"payment_behavior": "resume_on_payment_success"}
    api.subscriptions.resume(paused.id, once_paid)
    api.subscriptions.update(made.id, {"pause_collection": {"behavior": "void"}})
    api.subscriptions.update(made.id, {"pause_collection": ""})
    make_item(api, customer, subscription=made.id)
    api.invoices.create_preview({"subscription": made.id})
    pass_renewal(api, clock, made)
    give_card(api, customer, FAILS_LATER)
    pass_renewal(api, clock, made)
    _, end = period_of(api.subscriptions.retrieve(made.id))
    advance(api, clock, end)
    api.test_helpers.test_clocks.delete(clock.id)


def _asked_back(api: Api) -> None:
    customer = make_payer(api, "pm_card_authenticationRequired")
    subscribe(api, customer)


def _trial(api: Api) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    made = subscribe(api, customer, trial_period_days=7)
    advance(api, clock, made.trial_end - 2 * DAY_S)


def _invoices(api: Api) -> None:
    customer = make_payer(api)
    invoices = api.invoices
    loose = make_item(api, customer)
    api.invoice_items.update(loose.id, {"amount": 1500})
    api.invoice_items.delete(loose.id)
    invoices.delete(make_draft(api, customer).id)
    for end in (invoices.pay, invoices.void_invoice, invoices.mark_uncollectible):
        end(_open(api, customer).id)
    by_mail: dict[str, Any] = {
        "collection_method": "send_invoice",
        "days_until_due": 14,
    }
    invoices.send_invoice(make_draft(api, customer, **by_mail).id)
    invoices.update(make_draft(api, customer).id, {"description": "Tarot"})
    with suppress(stripe.InvalidRequestError):
        invoices.finalize_invoice(make_draft(api, customer, _TOO_MUCH).id)
    poor = make_payer(api, FAILS_LATER)
    with suppress(stripe.CardError):
        invoices.pay(_open(api, poor).id)


def _open(api: Api, customer: Any) -> Any:
    draft = make_draft(api, customer, auto_advance=False)
    return api.invoices.finalize_invoice(draft.id)


def _read_all(api: Api) -> None:
    """List each kind of object and read each one again."""
    for name in _LISTS:
        service = attrgetter(name)(api)
        for row in service.list({"limit": 100}).data:
            service.retrieve(row.id)
    for invoice in api.invoices.list({"limit": 100}).data:
        api.invoices.line_items.list(invoice.id)
