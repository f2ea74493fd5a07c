"""Stripe's JSON about subscriptions and invoices, read into our own words.

Shapes: API version 2026-10-28.endive. Periods and prices live on the items, and this
shop's subscriptions have one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from payments.gateway.base_billing import (
    CardSnapshot,
    InvoiceSnapshot,
    SetupSnapshot,
    SubscriptionSnapshot,
)
from payments.gateway.reading import id_of, moment_of
from payments.status import InvoiceStatus, SubscriptionStatus

Json = Mapping[str, Any]


def read_subscription(subscription: Json) -> SubscriptionSnapshot:
    item = subscription["items"]["data"][0]
    details = subscription.get("cancellation_details") or {}
    return SubscriptionSnapshot(
        subscription_id=subscription["id"],
        customer_id=id_of(subscription["customer"]),
        status=SubscriptionStatus(subscription["status"]),
        price_id=id_of(item["price"]),
        item_id=item["id"],
        amount=(item["price"]["unit_amount"] or 0) * (item.get("quantity") or 1),
        currency=item["price"]["currency"],
        livemode=subscription["livemode"],
        created_at=moment_of(subscription["created"]),
        period_end=_moment(item.get("current_period_end")),
        stops_at_period_end=bool(
            subscription["cancel_at_period_end"] or subscription.get("cancel_at")
        ),
        ended_at=_moment(subscription.get("ended_at")),
        end_reason=details.get("reason") or "",
        card=_card(subscription.get("default_payment_method")),
        latest_invoice_id=id_of(subscription.get("latest_invoice")),
        our_id=_our_id(subscription.get("metadata")),
    )


def read_invoice(invoice: Json) -> InvoiceSnapshot:
    subscription_id, our_id = subscription_named_by(invoice)
    secret = invoice.get("confirmation_secret") or {}
    return InvoiceSnapshot(
        invoice_id=invoice["id"],
        subscription_id=subscription_id,
        our_subscription_id=our_id,
        number=invoice.get("number") or "",
        status=InvoiceStatus(invoice["status"] or "draft"),
        amount_due=invoice["amount_due"],
        amount_paid=invoice["amount_paid"],
        currency=invoice["currency"],
        livemode=invoice["livemode"],
        created_at=moment_of(invoice["created"]),
        attempt_count=invoice.get("attempt_count") or 0,
        next_attempt_at=_moment(invoice.get("next_payment_attempt")),
        is_first=invoice.get("billing_reason") == "subscription_create",
        intent_id=_intent_of(invoice),
        pdf_url=invoice.get("invoice_pdf") or "",
        client_secret=secret.get("client_secret") or "",
    )


def subscription_named_by(thing: Json) -> tuple[str, str]:
    """Stripe's id and ours of the subscription that an event's object is about.

    The object is a subscription or an invoice, also of another product: nothing else
    of it is read. Two empty strings for an invoice without a subscription.
    """
    if thing.get("object") == "subscription":
        return id_of(thing.get("id")), _our_id(thing.get("metadata"))
    parent = thing.get("parent") or {}
    details = parent.get("subscription_details") or {}
    return id_of(details.get("subscription")), _our_id(details.get("metadata"))


def prices_named_by(subscription: Json) -> set[str]:
    """The prices that an event's subscription is about, also another product's."""
    items = (subscription.get("items") or {}).get("data") or []
    return {id_of(item.get("price")) for item in items} - {""}


def _our_id(metadata: Any) -> str:
    return str((metadata or {}).get("subscriptionId", ""))


def read_setup(setup: Json) -> SetupSnapshot:
    return SetupSnapshot(
        setup_id=setup["id"],
        status=setup["status"],
        customer_id=id_of(setup.get("customer")),
        method_id=id_of(setup.get("payment_method")),
        client_secret=setup.get("client_secret") or "",
        our_id=_our_id(setup.get("metadata")),
    )


def _intent_of(invoice: Json) -> str:
    """The intent that paid it, else the one that can; "" before it is final."""
    rows = (invoice.get("payments") or {}).get("data") or []
    intents = [row for row in rows if row["payment"].get("payment_intent")]
    intents.sort(key=lambda row: (row["status"] != "paid", not row["is_default"]))
    return id_of(intents[0]["payment"]["payment_intent"]) if intents else ""


def _card(method: Any) -> CardSnapshot | None:
    """None when the method is not a card, or was not asked for with its details."""
    card = method.get("card") if isinstance(method, Mapping) else None
    if not card:
        return None
    return CardSnapshot(
        brand=card["brand"],
        last4=card["last4"],
        expires=f"{card['exp_month']:02d}/{card['exp_year']}",
    )


def _moment(seconds: int | None) -> datetime | None:
    return moment_of(seconds) if seconds else None
