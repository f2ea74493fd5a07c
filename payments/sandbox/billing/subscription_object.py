"""A subscription's object and its items.

https://docs.stripe.com/api/subscriptions/object
"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.api.lists import list_object
from payments.sandbox.billing.periods import end_of_period
from payments.sandbox.billing.prices import plan_of
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.store import STORE, Json

KIND = "subscription"
ITEM = "subscription_item"


def new_subscription(customer: Json, currency: str, **fields: Any) -> Json:
    """A subscription that nobody has paid yet, without items, not saved."""
    now = clock.now()
    subscription_id = new_id("sub")
    return {
        "id": subscription_id,
        "object": KIND,
        "application": None,
        "application_fee_percent": None,
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": now,
        "billing_cycle_anchor_config": None,
        "billing_mode": {
            "flexible": {"proration_discounts": "included"},
            "type": "flexible",
        },
        "billing_schedules": [],
        "billing_thresholds": None,
        "cancel_at": None,
        "cancel_at_period_end": False,
        "canceled_at": None,
        "cancellation_details": {
            "comment": None,
            "feedback": None,
            "feedback_option": None,
            "reason": None,
        },
        "collection_method": "charge_automatically",
        "created": now,
        "currency": currency,
        "customer": customer["id"],
        "customer_account": None,
        "days_until_due": None,
        "default_payment_method": None,
        "default_source": None,
        "default_tax_rates": [],
        "description": None,
        "discounts": [],
        "ended_at": None,
        "invoice_settings": {
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": {"type": "self"},
        },
        "items": list_object(
            [], url=f"/v1/subscription_items?subscription={subscription_id}"
        ),
        "latest_invoice": None,
        "livemode": False,
        "managed_payments": None,
        "metadata": {},
        "next_pending_invoice_item_invoice": None,
        "on_behalf_of": None,
        "pause_collection": None,
        "payment_settings": {
            "payment_method_options": None,
            "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        "pending_invoice_item_interval": None,
        "pending_setup_intent": None,
        "pending_update": None,
        "schedule": None,
        "start_date": now,
        "status": "incomplete",
        "test_clock": customer["test_clock"],
        "transfer_data": None,
        "trial_end": None,
        "trial_settings": trial_settings("create_invoice"),
        "trial_start": None,
        **fields,
    }


def trial_settings(missing_payment_method: str) -> Json:
    """What is to happen when a trial ends and nobody left a way to pay."""
    end = {
        "billing_cycle_anchor": None,
        "missing_payment_method": missing_payment_method,
    }
    return {"end_behavior": end}


def new_item(subscription: Json, price: Json, quantity: int, **fields: Any) -> Json:
    """An item whose period is the subscription's."""
    siblings = subscription["items"]["data"]
    period = siblings[0] if siblings else {}
    item: Json = {
        "id": f"si_{random_text(14)}",
        "object": ITEM,
        "billing_thresholds": None,
        "created": clock.now(),
        "current_period_end": period.get("current_period_end"),
        "current_period_start": period.get("current_period_start"),
        "current_trial": None,
        "discounts": [],
        "metadata": {},
        "quantity": quantity,
        "subscription": subscription["id"],
        "tax_rates": [],
        **fields,
    }
    set_price(item, price)
    return item


def set_price(item: Json, price: Json) -> None:
    item["price"] = dict(price)
    item["plan"] = plan_of(price)


def set_period(subscription: Json, start: int, end: int | None = None) -> None:
    """Give all items this period; it lasts to the anchor's next boundary."""
    items = subscription["items"]["data"]
    if end is None:
        recurring = items[0]["price"]["recurring"]
        end = end_of_period(subscription["billing_cycle_anchor"], recurring, start)
    for item in items:
        item.update(current_period_start=start, current_period_end=end)


def period_start_of(subscription: Json) -> int:
    return int(subscription["items"]["data"][0]["current_period_start"])


def period_end_of(subscription: Json) -> int:
    return int(subscription["items"]["data"][0]["current_period_end"])


def find_item(item_id: str) -> tuple[Json, Json] | None:
    """The subscription that has this item, and the item."""
    for subscription in STORE.all(KIND):
        for item in subscription["items"]["data"]:
            if item["id"] == item_id:
                return subscription, item
    return None


def price_changed(price: Json) -> None:
    """Items show their price as it is now."""
    for subscription in STORE.all(KIND):
        for item in subscription["items"]["data"]:
            if item["price"]["id"] == price["id"]:
                set_price(item, price)
                STORE.save(subscription)
