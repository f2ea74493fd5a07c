"""/v1/subscriptions. https://docs.stripe.com/api/subscriptions"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.tables import EXPANDABLE
from payments.sandbox.billing import pausing
from payments.sandbox.billing.changing import (
    UPDATED,
    ChangeTerms,
    cancel_later,
    change_items,
    change_trial,
    check_changeable,
)
from payments.sandbox.billing.choosing_items import changed_items, first_items
from payments.sandbox.billing.cycle import plan_cancellation
from payments.sandbox.billing.ending import ENDED, cancel_now
from payments.sandbox.billing.in_time import modifying
from payments.sandbox.billing.origin import remember_origin
from payments.sandbox.billing.periods import DAY_S
from payments.sandbox.billing.resources import subscription_tables as tables
from payments.sandbox.billing.resources.matching_moments import is_within
from payments.sandbox.billing.subscribing import Terms, subscribe
from payments.sandbox.billing.subscription_object import (
    KIND,
    new_subscription,
    period_end_of,
    period_start_of,
    trial_settings,
)
from payments.sandbox.billing.told import told
from payments.sandbox.errors import invalid, missing, refused
from payments.sandbox.machines.intent_object import check_method_types
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.money import check_currency
from payments.sandbox.store import STORE, Json

_ALWAYS = {"cancellation_details", "expand", "metadata"}
_WHILE_INCOMPLETE = _ALWAYS | {"default_payment_method", "description"}


def create(call: Call) -> Json:
    params = call.params
    remember_origin(call)
    customer = found_by_param("customer", params["customer"])
    with modifying(customer):
        subscription = new_subscription(customer, _currency(params))
        items = first_items(subscription, params["items"])
        subscription["items"]["data"] = items
        if "billing_mode" in params:
            _choose_mode(subscription, params["billing_mode"]["type"])
        _describe(subscription, params)
        terms = Terms(
            payment_behavior=params.get("payment_behavior", "allow_incomplete"),
            off_session=params.get("off_session", False),
            trial_end=_first_trial_end(params),
        )
        _check_cancellation(params)
        subscribe(subscription, terms)
        if "cancel_at" in params or params.get("cancel_at_period_end"):
            with told(UPDATED, subscription):
                _cancel_later(subscription, params)
    return subscription


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    subscription, params = found_in_path(KIND, call.arg("id")), call.params
    remember_origin(call)
    with modifying(subscription):
        _check_updatable(subscription, params)
        _check_cancellation(params)
        terms = change_terms(params)
        with told(UPDATED, subscription):
            _describe(subscription, params)
            if "pause_collection" in params:
                pausing.pause_collection(subscription, params["pause_collection"])
            if "items" in params or terms.restart:
                asked = params.get("items", [])
                change_items(subscription, changed_items(subscription, asked), terms)
            if "trial_end" in params:
                change_trial(subscription, _moment(params["trial_end"]), terms)
            if "cancel_at" in params or "cancel_at_period_end" in params:
                _cancel_later(subscription, params)
    return subscription


def cancel(call: Call) -> Json:
    subscription, params = found_in_path(KIND, call.arg("id")), call.params
    if subscription["status"] in ENDED:
        raise missing(KIND, subscription["id"], param="id", in_path=True)
    with modifying(subscription):
        subscription["cancellation_details"].update(
            _details(params.get("cancellation_details", {}))
        )
        cancel_now(
            subscription,
            prorate=params.get("prorate", False),
            invoice_now=params.get("invoice_now", False),
        )
    return subscription


def pause(call: Call) -> Json:
    subscription, params = found_in_path(KIND, call.arg("id")), call.params
    credit = params.get("bill_for", {}).get("unused_time_from", {"type": "now"})
    with modifying(subscription):
        pausing.pause(
            subscription,
            unused_time_from=credit["type"],
            invoice_now=params.get("invoicing_behavior") == "invoice",
        )
    return subscription


def resume(call: Call) -> Json:
    subscription = found_in_path(KIND, call.arg("id"))
    remember_origin(call)
    behavior = call.params.get("payment_behavior", "resume_on_payment_attempt")
    with modifying(subscription):
        on_success = behavior == "resume_on_payment_success"
        pausing.resume(subscription, on_success=on_success)
    return subscription


def all_subscriptions(call: Call) -> Json:
    params = call.params
    found = [
        subscription
        for subscription in matching(
            STORE.all(KIND),
            collection_method=params.get("collection_method"),
            customer=params.get("customer"),
            test_clock=params.get("test_clock"),
        )
        if _has_status(subscription, params.get("status"))
        and _has_price(subscription, params.get("price"))
        and is_within(period_end_of(subscription), params.get("current_period_end"))
        and is_within(period_start_of(subscription), params.get("current_period_start"))
    ]
    return page(call, found, kind=KIND)


def change_terms(params: Json) -> ChangeTerms:
    anchor = params.get("billing_cycle_anchor", {}).get("type", "unchanged")
    return ChangeTerms(
        at=params.get("proration_date", clock.now()),
        proration_behavior=params.get("proration_behavior", "create_prorations"),
        payment_behavior=params.get("payment_behavior", "allow_incomplete"),
        off_session=params.get("off_session", False),
        restart=anchor == "now",
    )


def _currency(params: Json) -> str:
    if "currency" in params:
        return check_currency(params["currency"])
    first = params["items"][0]
    if "price_data" in first:
        return check_currency(first["price_data"]["currency"])
    price = STORE.get("price", first.get("price", ""))
    return str(price["currency"]) if price else "eur"


def _choose_mode(subscription: Json, kind: str) -> None:
    flexible = {"proration_discounts": "included"} if kind == "flexible" else None
    subscription["billing_mode"] = {"flexible": flexible, "type": kind}


def _describe(subscription: Json, params: Json) -> None:
    if "metadata" in params:
        subscription["metadata"] = merged_metadata(subscription, params["metadata"])
    if "description" in params:
        subscription["description"] = params["description"] or None
    if "default_payment_method" in params:
        subscription["default_payment_method"] = own_method(
            params["default_payment_method"], subscription["customer"]
        )
    if "payment_settings" in params:
        given = dict(params["payment_settings"])
        if "payment_method_types" in given:
            check_method_types(given["payment_method_types"])
            given["payment_method_types"] = given["payment_method_types"] or None
        subscription["payment_settings"].update(given)
    if "trial_settings" in params:
        wanted = params["trial_settings"]["end_behavior"]["missing_payment_method"]
        subscription["trial_settings"] = trial_settings(wanted)
    details = _details(params.get("cancellation_details", {}))
    subscription["cancellation_details"].update(details)


def own_method(reference: str, customer_id: str) -> str | None:
    """The customer's own payment method; "" is none."""
    if not reference:
        return None
    method = found_by_param("payment_method", reference, param="default_payment_method")
    if method["customer"] != customer_id:
        raise refused(
            f"The customer does not have a payment method with the ID {method['id']}. "
            "The payment method must be attached to the customer.",
            code="resource_missing",
            param="default_payment_method",
        )
    return str(method["id"])


def _details(given: Json) -> dict[str, Any]:
    return {name: value or None for name, value in given.items()}


def _first_trial_end(params: Json) -> int | None:
    if "trial_period_days" in params and "trial_end" in params:
        raise invalid(
            "You may only specify one of these parameters: trial_end, "
            "trial_period_days."
        )
    if params.get("trial_period_days"):
        return clock.now() + int(params["trial_period_days"]) * DAY_S
    return _moment(params.get("trial_end", "now"))


def _moment(given: int | str) -> int | None:
    """A moment to come; None for `now`."""
    if isinstance(given, int) and given <= clock.now():
        raise invalid(
            "Invalid timestamp: must be an integer Unix timestamp in the future.",
            param="trial_end",
        )
    return given if isinstance(given, int) else None


def _check_cancellation(params: Json) -> None:
    if params.get("cancel_at") and "cancel_at_period_end" in params:
        raise invalid(
            "You may only specify one of these parameters: cancel_at, "
            "cancel_at_period_end."
        )
    given = params.get("cancel_at")
    if isinstance(given, int) and given <= clock.now():
        raise invalid("`cancel_at` must be in the future.", param="cancel_at")


def _cancel_later(subscription: Json, params: Json) -> None:
    end = period_end_of(subscription)
    if "cancel_at_period_end" in params:
        is_wanted = params["cancel_at_period_end"]
        cancel_later(subscription, end if is_wanted else None, with_period=is_wanted)
    else:
        given = params["cancel_at"]
        moment = given if isinstance(given, int) else (end if given else None)
        cancel_later(subscription, moment, with_period=False)
    plan_cancellation(subscription)


def _check_updatable(subscription: Json, params: Json) -> None:
    allowed = _WHILE_INCOMPLETE if subscription["status"] == "incomplete" else _ALWAYS
    if set(params) - allowed:
        check_changeable(subscription)


def _has_status(subscription: Json, asked: str | None) -> bool:
    """Without a word about it, those that were canceled are left out."""
    status = subscription["status"]
    if asked is None:
        return bool(status != "canceled")
    if asked == "ended":
        return bool(status in ENDED)
    return bool(asked in ("all", status))


def _has_price(subscription: Json, asked: str | None) -> bool:
    items = subscription["items"]["data"]
    return asked is None or any(item["price"]["id"] == asked for item in items)


_ROOT = "/v1/subscriptions"
ENDPOINTS = (
    Endpoint("POST", _ROOT, tables.CREATE, create),
    Endpoint("GET", _ROOT, tables.LIST, all_subscriptions),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", tables.UPDATE, update),
    Endpoint("DELETE", f"{_ROOT}/{{id}}", tables.CANCEL, cancel),
    Endpoint("POST", f"{_ROOT}/{{id}}/pause", tables.PAUSE, pause),
    Endpoint("POST", f"{_ROOT}/{{id}}/resume", tables.RESUME, resume),
)
