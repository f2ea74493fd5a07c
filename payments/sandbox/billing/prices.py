"""Prices and products, as objects. https://docs.stripe.com/api/prices/object"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.errors import invalid
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.money import check_currency
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

PRICE = "price"
PRODUCT = "product"
_LONGEST = {"day": 1095, "week": 156, "month": 36, "year": 3}


def new_product(name: str, **fields: Any) -> Json:
    """A product with all its fields, not saved and not told of yet."""
    return {
        "id": f"prod_{random_text(14)}",
        "object": PRODUCT,
        "active": True,
        "created": clock.now(),
        "default_price": None,
        "description": None,
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": {},
        "name": name,
        "package_dimensions": None,
        "shippable": None,
        "statement_descriptor": None,
        "tax_code": None,
        "tax_details": None,
        "type": "service",
        "unit_label": None,
        "updated": clock.now(),
        "url": None,
        **fields,
    }


def make_price(product: Json, params: Json, **fields: Any) -> Json:
    """Make a price from checked parameters and tell of it."""
    recurring = params.get("recurring")
    if recurring:
        _check_interval(recurring)
    price: Json = {
        "id": new_id("price"),
        "object": PRICE,
        "active": params.get("active", True),
        "billing_scheme": "per_unit",
        "created": clock.now(),
        "currency": check_currency(params["currency"]),
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": params.get("metadata") or {},
        "nickname": params.get("nickname") or None,
        "product": product["id"],
        "recurring": None,
        "tax_behavior": params.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring" if recurring else "one_time",
        "unit_amount": params["unit_amount"],
        "unit_amount_decimal": str(params["unit_amount"]),
        **fields,
    }
    if recurring:
        price["recurring"] = {
            "interval": recurring["interval"],
            "interval_count": recurring.get("interval_count", 1),
            "meter": None,
            "trial_period_days": None,
            "usage_type": "licensed",
        }
    STORE.save(price)
    if recurring:
        emit("plan.created", plan_of(price))
    emit("price.created", price)
    return price


def plan_of(price: Json) -> Json:
    """The same price in the older shape that subscription items still carry."""
    recurring = price["recurring"]
    return {
        "id": price["id"],
        "object": "plan",
        "active": price["active"],
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "billing_scheme": "per_unit",
        "created": price["created"],
        "currency": price["currency"],
        "interval": recurring["interval"],
        "interval_count": recurring["interval_count"],
        "livemode": False,
        "metadata": dict(price["metadata"]),
        "meter": None,
        "nickname": price["nickname"],
        "product": price["product"],
        "tiers_mode": None,
        "transform_usage": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }


def product_name(price: Json) -> str:
    product = STORE.get(PRODUCT, price["product"])
    return str(product["name"]) if product else str(price["product"])


def _check_interval(recurring: Json) -> None:
    interval, count = recurring["interval"], recurring.get("interval_count", 1)
    longest = _LONGEST[interval]
    if count > longest:
        raise invalid(
            f"Invalid interval_count: the longest is {longest} {interval}s.",
            param="recurring[interval_count]",
        )
