"""Invoice items: sums that wait for a customer's next invoice.

https://docs.stripe.com/api/invoiceitems/object
"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "invoiceitem"


def new_invoice_item(customer: Json, amount: int, currency: str, **fields: Any) -> Json:
    """A pending item with all its fields, not saved and not told of yet."""
    now = clock.now()
    return {
        "id": new_id("ii"),
        "object": KIND,
        "amount": amount,
        "currency": currency,
        "customer": customer["id"],
        "customer_account": None,
        "date": now,
        "description": None,
        "discountable": True,
        "discounts": [],
        "invoice": None,
        "livemode": False,
        "metadata": {},
        "net_amount": amount,
        "parent": None,
        "period": {"end": now, "start": now},
        "pricing": None,
        "proration": False,
        "quantity": 1,
        "quantity_decimal": "1",
        "tax_rates": [],
        "test_clock": customer["test_clock"],
        **fields,
    }


def add_invoice_item(item: Json) -> Json:
    STORE.save(item)
    emit("invoiceitem.created", item)
    return item


def remove_invoice_item(item: Json) -> None:
    STORE.delete(KIND, item["id"])
    emit("invoiceitem.deleted", item)


def pending_items(customer_id: str, currency: str, subscription_id: str) -> list[Json]:
    """What the subscription's next invoice takes along: its own and nobody's items.

    Newest first, as on the invoice.
    """
    return [
        item
        for item in reversed(STORE.all(KIND))
        if item["customer"] == customer_id
        and item["invoice"] is None
        and item["currency"] == currency
        and subscription_of(item) in (None, subscription_id)
    ]


def pending_prorations(subscription_id: str) -> list[Json]:
    return [
        item
        for item in STORE.all(KIND)
        if item["invoice"] is None
        and item["proration"]
        and subscription_of(item) == subscription_id
    ]


def subscription_of(item: Json) -> str | None:
    details = (item["parent"] or {}).get("subscription_details")
    return details["subscription"] if details else None
