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
    """
    with STORE.lock:
        secret = str(asked.get("client_secret", ""))
        session = STORE.get("_customer_session", secret)
        if session is None or session["expires_at"] <= clock.now():
            raise Unusable("There is no such customer session, or it has expired.")
        features = session["components"]["payment_element"]["features"]
        return {
            "customer": session["customer"],
            "features": features,
            "payment_methods": _shown_again(session["customer"], features or {}),
        }


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
