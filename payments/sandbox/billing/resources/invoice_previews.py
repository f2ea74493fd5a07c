"""/v1/invoices/create_preview. https://docs.stripe.com/api/invoices/create_preview"""

import copy

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call
from payments.sandbox.billing.choosing_items import changed_items, first_items
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.periods import end_of_period
from payments.sandbox.billing.preview import next_invoice, preview
from payments.sandbox.billing.proration import credit_item, proration_items
from payments.sandbox.billing.subscription_object import (
    KIND,
    new_subscription,
    set_period,
)
from payments.sandbox.errors import invalid
from payments.sandbox.machines.lookup import found_by_param
from payments.sandbox.money import check_currency
from payments.sandbox.store import STORE, Json


def create_preview(call: Call) -> Json:
    """The next invoice of a subscription, changed or not, or the first of a new one.

    Nothing is saved and nothing is told.
    """
    params = call.params
    details = params.get("subscription_details", {})
    if any("price_data" in item for item in details.get("items", [])):
        raise invalid("The sandbox previews existing prices only.", param="price_data")
    if "subscription" in params:
        subscription = found_by_param(KIND, params["subscription"])
        with in_time_of(subscription):
            return _next(copy.deepcopy(subscription), details)
    if "customer" not in params or "items" not in details:
        raise invalid(
            "You must specify a subscription, or a customer and "
            "subscription_details[items].",
            code="parameter_missing",
            param="subscription",
        )
    customer = found_by_param("customer", params["customer"])
    with in_time_of(customer):
        return _first(customer, params)


def _next(subscription: Json, details: Json) -> Json:
    before = subscription["items"]["data"]
    at = details.get("proration_date", clock.now())
    if details.get("cancel_at_period_end"):
        subscription["cancel_at"] = before[0]["current_period_end"]
    if "items" not in details:
        return next_invoice(subscription, more_items=[])
    after = changed_items(subscription, details["items"])
    wanted = details.get("proration_behavior", "create_prorations") != "none"
    is_free = subscription["status"] == "trialing"
    subscription["items"]["data"] = after
    if _interval(before) != _interval(after) and not is_free:
        credits = [credit_item(subscription, item, at) for item in before]
        now = clock.now()
        subscription["billing_cycle_anchor"] = now
        set_period(subscription, now)
        return _at_once(subscription, credits if wanted else [])
    more = proration_items(subscription, before, after, at)
    return next_invoice(subscription, more_items=more if wanted and not is_free else [])


def _first(customer: Json, params: Json) -> Json:
    details = params["subscription_details"]
    price = STORE.get("price", details["items"][0].get("price", "")) or {}
    currency = check_currency(params.get("currency") or price.get("currency", ""))
    subscription = new_subscription(customer, currency)
    items = first_items(subscription, details["items"])
    subscription["items"]["data"] = items
    trial_end = details.get("trial_end", "now")
    if trial_end == "now":
        set_period(subscription, clock.now())
        return _at_once(subscription, [])
    period = (clock.now(), trial_end)
    return preview(subscription, [], period=period, free=True)


def _at_once(subscription: Json, items: list[Json]) -> Json:
    now = clock.now()
    recurring = subscription["items"]["data"][0]["price"]["recurring"]
    period = (now, end_of_period(now, recurring, now))
    return preview(subscription, items, period=period)


def _interval(items: list[Json]) -> tuple[str, int]:
    recurring = items[0]["price"]["recurring"]
    return recurring["interval"], recurring["interval_count"]
