"""/v1/customer_sessions. https://docs.stripe.com/api/customer_sessions

A session lets the Payment Element show a customer's saved cards, and save another.
"""

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.params import (
    Choice,
    Hash,
    ListOf,
    Text,
    Whole,
    YesNo,
)
from payments.sandbox.api.tables import EXPAND
from payments.sandbox.errors import invalid
from payments.sandbox.ids import random_text
from payments.sandbox.machines.lookup import found_by_param
from payments.sandbox.store import STORE, Json

KIND = "customer_session"
_LASTS_S = 30 * 60
_SWITCH = Choice("disabled", "enabled")
_FEATURES = Hash(
    {
        "payment_method_allow_redisplay_filters": ListOf(
            Choice("always", "limited", "unspecified")
        ),
        "payment_method_redisplay": _SWITCH,
        "payment_method_redisplay_limit": Whole(minimum=1, maximum=10),
        "payment_method_remove": _SWITCH,
        "payment_method_save": _SWITCH,
        "payment_method_save_usage": Choice("off_session", "on_session"),
    }
)
_CREATE = Hash(
    {
        "components": Hash(
            {
                "payment_element": Hash(
                    {"enabled": YesNo(), "features": _FEATURES}, required=("enabled",)
                )
            }
        ),
        "customer": Text(may_be_empty=False),
        "expand": EXPAND,
    },
    required=("components", "customer"),
)


def create(call: Call) -> Json:
    customer = found_by_param("customer", call.params["customer"])
    element = call.params["components"].get("payment_element", {"enabled": False})
    if not element["enabled"]:
        raise invalid("At least one component must be enabled.", param="components")
    secret = f"cuss_secret_{random_text(40)}"
    session: Json = {
        "object": KIND,
        "client_secret": secret,
        "components": _components(element.get("features")),
        "created": clock.now(),
        "customer": customer["id"],
        "customer_account": None,
        "expires_at": clock.now() + _LASTS_S,
        "livemode": False,
    }
    STORE.put(f"_{KIND}", secret, session)
    return session


def _components(given: Json | None) -> Json:
    """What was not asked for is off."""
    features = None
    if given is not None:
        features = {
            "payment_method_allow_redisplay_filters": ["always"],
            "payment_method_redisplay": "disabled",
            "payment_method_redisplay_limit": 3,
            "payment_method_remove": "disabled",
            "payment_method_save": "disabled",
            "payment_method_save_usage": None,
            **given,
        }
    off = {"enabled": False}
    return {
        "active_entitlements": dict(off),
        "buy_button": dict(off),
        "customer_portal": dict(off),
        "customer_sheet": {**off, "features": None},
        "mobile_payment_element": {**off, "features": None},
        "payment_element": {"enabled": True, "features": features},
        "pricing_table": dict(off),
    }


ENDPOINTS = (Endpoint("POST", "/v1/customer_sessions", _CREATE, create),)
