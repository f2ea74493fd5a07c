"""Items as a call asks for them: new, changed, and without those to be deleted."""

import copy

from payments.sandbox.billing.prices import PRICE, PRODUCT, make_price
from payments.sandbox.billing.subscription_object import new_item, set_price
from payments.sandbox.errors import invalid
from payments.sandbox.machines.lookup import found_by_param, merged_metadata
from payments.sandbox.store import Json

_MOST = 20


def chosen_price(asked: Json, *, name: str) -> Json | None:
    """The price that an item names or describes. Only an active, recurring one will do.

    A price that is made on the spot is not offered to others: it is inactive.
    """
    if "price" in asked and "price_data" in asked:
        raise invalid(
            f"You may only specify one of these parameters: {name}[price], "
            f"{name}[price_data]."
        )
    if "price_data" in asked:
        data = asked["price_data"]
        product = found_by_param(PRODUCT, data["product"])
        return make_price(product, data, active=False)
    if "price" not in asked:
        return None
    price = found_by_param(PRICE, asked["price"], param=f"{name}[price]")
    if price["type"] != "recurring":
        raise invalid(
            f"The price specified is set to `type=one_time` but this field only "
            f"accepts prices with `type=recurring`: {price['id']}",
            param=f"{name}[price]",
        )
    if not price["active"]:
        raise invalid(
            f"The price specified is inactive. This field only accepts active prices: "
            f"{price['id']}",
            param=f"{name}[price]",
        )
    return price


def first_items(subscription: Json, asked: list[Json]) -> list[Json]:
    """The items of a new subscription."""
    items = [
        _made(subscription, wanted, name=f"items[{place}]")
        for place, wanted in enumerate(asked)
    ]
    check_items(subscription, items)
    return items


def changed_items(subscription: Json, asked: list[Json]) -> list[Json]:
    """The subscription's items after an update, as copies; those not named stay."""
    items: list[Json] = copy.deepcopy(subscription["items"]["data"])
    for place, wanted in enumerate(asked):
        name = f"items[{place}]"
        if "id" not in wanted:
            items.append(_made(subscription, wanted, name=name))
            continue
        item = next((item for item in items if item["id"] == wanted["id"]), None)
        if item is None:
            raise invalid(
                f"Invalid subscription_item id: {wanted['id']}",
                code="resource_missing",
                param=f"{name}[id]",
            )
        if wanted.get("deleted"):
            items.remove(item)
        else:
            alter_item(item, wanted, name=name)
    check_items(subscription, items)
    return items


def alter_item(item: Json, wanted: Json, *, name: str) -> None:
    price = chosen_price(wanted, name=name)
    if price:
        set_price(item, price)
    if "quantity" in wanted:
        item["quantity"] = wanted["quantity"]
    if "metadata" in wanted:
        item["metadata"] = merged_metadata(item, wanted["metadata"])


def check_items(subscription: Json, items: list[Json]) -> None:
    """Some, not too many, each price once, in one currency and one interval."""
    if not items:
        raise invalid("A subscription must have at least one active plan.")
    if len(items) > _MOST:
        raise invalid(f"A subscription can have at most {_MOST} items.")
    prices = [item["price"]["id"] for item in items]
    if len(set(prices)) < len(prices):
        raise invalid(
            "Cannot add multiple subscription items with the same price.",
            param="items",
        )
    if {item["price"]["currency"] for item in items} != {subscription["currency"]}:
        raise invalid(
            "The price specified supports currencies other than this subscription's: "
            f"{subscription['currency']}.",
            param="items",
        )
    intervals = {
        (recurring["interval"], recurring["interval_count"])
        for recurring in (item["price"]["recurring"] for item in items)
    }
    if len(intervals) > 1:
        raise invalid(
            "The sandbox bills all items of a subscription at the same interval.",
            param="items",
        )


def _made(subscription: Json, wanted: Json, *, name: str) -> Json:
    price = chosen_price(wanted, name=name)
    if price is None:
        raise invalid(
            f"Missing required param: {name}[price].",
            code="parameter_missing",
            param=f"{name}[price]",
        )
    metadata = wanted.get("metadata") or {}
    return new_item(
        subscription, price, wanted.get("quantity", 1), metadata=dict(metadata)
    )
