"""Lines of an invoice. https://docs.stripe.com/api/invoice-line-item/object"""

from typing import Any

from payments.sandbox.billing.prices import product_name
from payments.sandbox.ids import new_id
from payments.sandbox.money import in_words
from payments.sandbox.store import Json


def recurring_line(
    subscription: Json, item: Json, start: int, end: int, *, free: bool = False
) -> Json:
    """An item's price for one period; a trial's is free."""
    price, quantity = item["price"], item["quantity"]
    amount = 0 if free else price["unit_amount"] * quantity
    name = product_name(price)
    return _line(
        amount=amount,
        currency=price["currency"],
        description=(
            f"Trial period for {name}"
            if free
            else f"{quantity} × {name} (at {rate(price)})"
        ),
        metadata=dict(subscription["metadata"]),
        parent={
            "invoice_item_details": None,
            "subscription_item_details": {
                "invoice_item": None,
                "proration": False,
                "proration_details": {"credited_items": None},
                "subscription": subscription["id"],
                "subscription_item": item["id"],
            },
            "type": "subscription_item_details",
        },
        period={"end": end, "start": start},
        pricing=pricing_of(price, unit_amount=0 if free else price["unit_amount"]),
        quantity=quantity,
        subscription=subscription["id"],
    )


def line_of_item(invoice_item: Json) -> Json:
    """What was added by itself, or left over from a change of plan."""
    details = (invoice_item["parent"] or {}).get("subscription_details") or {}
    shared: Json = {
        "invoice_item": invoice_item["id"],
        "proration": invoice_item["proration"],
        "proration_details": {"credited_items": _credited(invoice_item)},
        "subscription": details.get("subscription"),
    }
    item_id = details.get("subscription_item")
    if item_id:
        shared["subscription_item"] = item_id
    kind = "subscription_item_details" if item_id else "invoice_item_details"
    parent: Json = {
        "invoice_item_details": None,
        "subscription_item_details": None,
        "type": kind,
        kind: shared,
    }
    return _line(
        amount=invoice_item["amount"],
        currency=invoice_item["currency"],
        description=invoice_item["description"],
        discountable=invoice_item["discountable"],
        metadata=dict(invoice_item["metadata"]),
        parent=parent,
        period=dict(invoice_item["period"]),
        pricing=invoice_item["pricing"],
        quantity=invoice_item["quantity"],
        subscription=details.get("subscription"),
    )


def rate(price: Json) -> str:
    """€97.00 / month, €97.00 / every 3 months."""
    recurring = price["recurring"]
    every = recurring["interval"]
    if recurring["interval_count"] > 1:
        every = f"every {recurring['interval_count']} {every}s"
    return f"{in_words(price['unit_amount'], price['currency'])} / {every}"


def pricing_of(price: Json, *, unit_amount: int) -> Json:
    return {
        "price_details": {"price": price["id"], "product": price["product"]},
        "type": "price_details",
        "unit_amount_decimal": str(unit_amount),
    }


def _credited(invoice_item: Json) -> Json | None:
    credited = (invoice_item.get("proration_details") or {}).get("credited_items")
    return dict(credited["invoice_line_item_details"]) if credited else None


def _line(*, amount: int, quantity: int, **fields: Any) -> Json:
    return {
        "id": new_id("il"),
        "object": "line_item",
        "amount": amount,
        "discount_amounts": [],
        "discountable": True,
        "discounts": [],
        "invoice": None,
        "livemode": False,
        "pretax_credit_amounts": [],
        "quantity": quantity,
        "quantity_decimal": str(quantity),
        "subtotal": amount,
        "taxes": [],
        **fields,
    }
