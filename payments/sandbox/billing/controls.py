"""Controls of billing: what the dashboard sets, and a session's saved cards."""

from dataclasses import asdict, replace

from django.http import HttpRequest

from payments.sandbox import clock
from payments.sandbox.billing.settings import (
    AFTER_RETRIES,
    billing_settings,
    save_billing_settings,
)
from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.machines.customers import detach_method
from payments.sandbox.store import STORE, Json
from payments.sandbox.transaction import change_and_release

_NUMBERS = ("clock_step_s", "draft_s", "upcoming_days")


@control("GET", "POST")
def billing(request: HttpRequest, asked: Json) -> Json:
    """Read or change `retry_days`, `after_retries`, `upcoming_days`, and seconds:

    `draft_s`, `clock_step_s`.
    """
    if request.method == "POST":
        _check(asked)
        if "retry_days" in asked:
            asked = {**asked, "retry_days": tuple(asked["retry_days"])}
        with change_and_release():
            save_billing_settings(replace(billing_settings(), **asked))
    with STORE.lock:
        return asdict(billing_settings())


@control("GET")
def saved_cards(request: HttpRequest, asked: Json) -> Json:
    """What a customer session opens to the Payment Element: its features, the cards.

    Newest first, of those that may be shown again, as many as the session allows.
    `intent`, if it is given, must be of the same customer, as Stripe insists.
    """
    with STORE.lock:
        session = _session(asked)
        _check_same_customer(session, str(asked.get("intent", "")))
        features = session["components"]["payment_element"]["features"]
        return {
            "customer": session["customer"],
            "features": features,
            "payment_methods": _shown_again(session["customer"], features or {}),
        }


@control("POST")
def forget_card(request: HttpRequest, asked: Json) -> Json:
    """The buyer removes `payment_method`, where the session lets them."""
    with change_and_release():
        session = _session(asked)
        features = session["components"]["payment_element"]["features"] or {}
        method = STORE.get("payment_method", str(asked.get("payment_method", "")))
        may_remove = features.get("payment_method_remove") == "enabled"
        if not method or method["customer"] != session["customer"] or not may_remove:
            raise Unusable("This session cannot remove that payment method.")
        detach_method(method)
    return {"removed": method["id"]}


def _session(asked: Json) -> Json:
    session = STORE.get("_customer_session", str(asked.get("client_secret", "")))
    if session is None or session["expires_at"] <= clock.now():
        raise Unusable("There is no such customer session, or it has expired.")
    return session


def _check_same_customer(session: Json, intent_id: str) -> None:
    kind = "setup_intent" if intent_id.startswith("seti_") else "payment_intent"
    intent = STORE.get(kind, intent_id)
    if intent and intent["customer"] != session["customer"]:
        raise Unusable("The intent is not of the customer whose session this is.")


def _shown_again(customer_id: str, features: Json) -> list[Json]:
    if features.get("payment_method_redisplay") != "enabled":
        return []
    allowed = features["payment_method_allow_redisplay_filters"]
    found = [
        method
        for method in reversed(STORE.all("payment_method"))
        if method["customer"] == customer_id and method["allow_redisplay"] in allowed
    ]
    return found[: features["payment_method_redisplay_limit"]]


def _check(asked: Json) -> None:
    known = asdict(billing_settings())
    if not set(asked) <= set(known):
        raise Unusable(f"Known settings: {', '.join(sorted(known))}.")
    if asked.get("after_retries", "cancel") not in AFTER_RETRIES:
        raise Unusable(f"after_retries is one of {', '.join(AFTER_RETRIES)}.")
    for name in _NUMBERS:
        if not isinstance(asked.get(name, 0), int) or asked.get(name, 0) < 0:
            raise Unusable(f"{name} is a whole number.")
    days = asked.get("retry_days", [])
    if not isinstance(days, list) or not all(
        isinstance(day, int) and day > 0 for day in days
    ):
        raise Unusable("retry_days is a list of whole numbers of days.")
