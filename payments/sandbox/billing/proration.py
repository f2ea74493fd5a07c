"""What a change in the middle of a period is worth, to the second.

https://docs.stripe.com/billing/subscriptions/prorations
"""

from payments.sandbox.billing.invoice_items import new_invoice_item
from payments.sandbox.billing.lines import pricing_of
from payments.sandbox.billing.periods import on_day
from payments.sandbox.billing.prices import product_name
from payments.sandbox.store import STORE, Json


def proration_items(
    subscription: Json, before: list[Json], after: list[Json], at: int
) -> list[Json]:
    """Credits for what is not used any more and debits for what is used from now on.

    `before` and `after` are the subscription's items; those that stay as they are cost
    and bring nothing. The invoice items are not saved.
    """
    was, is_now = _by_id(before), _by_id(after)
    changed = [
        item_id
        for item_id in (*was, *(new for new in is_now if new not in was))
        if _worth(was.get(item_id)) != _worth(is_now.get(item_id))
    ]
    found: list[Json] = []
    for item_id in changed:
        if item_id in was:
            found.append(credit_item(subscription, was[item_id], at))
        if item_id in is_now:
            found.append(_debit_item(subscription, is_now[item_id], at))
    return [item for item in found if item["amount"]]


def credit_item(subscription: Json, item: Json, at: int) -> Json:
    """For the unused rest of the item's period."""
    name, quantity = product_name(item["price"]), item["quantity"]
    what = f"{quantity} × {name}" if quantity > 1 else name
    made = _proration(
        subscription,
        item,
        at,
        amount=-_rest(item, at),
        description=f"Unused time on {what} after {on_day(at)}",
    )
    made["proration_details"] = {
        "credited_items": _credited(item),
        "discount_amounts": [],
    }
    return made


def _debit_item(subscription: Json, item: Json, at: int) -> Json:
    name, quantity = product_name(item["price"]), item["quantity"]
    what = f"{quantity} × {name}" if quantity > 1 else name
    return _proration(
        subscription,
        item,
        at,
        amount=_rest(item, at),
        description=f"Remaining time on {what} after {on_day(at)}",
    )


def _proration(
    subscription: Json, item: Json, at: int, *, amount: int, description: str
) -> Json:
    customer = STORE.get("customer", subscription["customer"]) or {}
    price = item["price"]
    return new_invoice_item(
        customer,
        amount,
        price["currency"],
        description=description,
        discountable=False,
        metadata=dict(subscription["metadata"]),
        parent={
            "subscription_details": {
                "subscription": subscription["id"],
                "subscription_item": item["id"],
            },
            "type": "subscription_details",
        },
        period={"end": item["current_period_end"], "start": at},
        pricing=pricing_of(price, unit_amount=price["unit_amount"]),
        proration=True,
        proration_details={"credited_items": None, "discount_amounts": []},
        quantity=item["quantity"],
        quantity_decimal=str(item["quantity"]),
    )


def _rest(item: Json, at: int) -> int:
    """The share of the period that is left, in minor units, rounded half up."""
    start, end = item["current_period_start"], item["current_period_end"]
    whole = item["price"]["unit_amount"] * item["quantity"]
    left = max(min(end - at, end - start), 0)
    return int((2 * whole * left + (end - start)) // (2 * (end - start)))


def _credited(item: Json) -> Json | None:
    """The line that was paid for this period, when there is one."""
    for invoice in reversed(STORE.all("invoice")):
        for line in invoice["lines"]["data"]:
            details = line["parent"]["subscription_item_details"]
            is_debit = details and details["subscription_item"] == item["id"]
            if is_debit and line["amount"] > 0:
                return {
                    "invoice_line_item_details": {
                        "invoice": invoice["id"],
                        "invoice_line_items": [line["id"]],
                    },
                    "type": "invoice_line_items",
                }
    return None


def _by_id(items: list[Json]) -> dict[str, Json]:
    return {item["id"]: item for item in items}


def _worth(item: Json | None) -> tuple[str, int] | None:
    return (item["price"]["id"], item["quantity"]) if item else None
