"""A PaymentIntent's object: all its fields, what may pay it, and its public face."""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.errors import invalid
from payments.sandbox.ids import new_id, new_secret
from payments.sandbox.machines.methods import EURO_ONLY, REDIRECTING, SUPPORTED
from payments.sandbox.store import STORE, Json

KIND = "payment_intent"
_BEHIND = "_behind_intent"
_CONFIGURATION = "pmc_sandboxDefault00000001"

# What Stripe shows of an intent to a publishable key.
_PUBLIC = (
    "id",
    "object",
    "allowed_payment_method_types",
    "amount",
    "automatic_payment_methods",
    "canceled_at",
    "cancellation_reason",
    "capture_method",
    "client_secret",
    "confirmation_method",
    "created",
    "currency",
    "description",
    "excluded_payment_method_types",
    "last_payment_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_configuration_details",
    "payment_method_types",
    "processing",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "source",
    "status",
)


def enabled_methods() -> list[str]:
    """The kinds of payment method that are switched on "in the dashboard"."""
    setting = STORE.get("_setting", "payment_methods") or {"enabled": ["card"]}
    return list(setting["enabled"])


def new_intent(amount: int, currency: str, **fields: Any) -> Json:
    """An intent in its first state, not saved and not told of yet."""
    intent_id = new_id("pi")
    return {
        "id": intent_id,
        "object": KIND,
        "allowed_payment_method_types": None,
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": new_secret(intent_id),
        "confirmation_method": "automatic",
        "created": clock.now(),
        "currency": currency,
        "customer": None,
        "customer_account": None,
        "description": None,
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "managed_payments": None,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "payment_record": None,
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
        **fields,
    }


def choose_method_types(intent: Json) -> None:
    """Settle which methods may pay, from what was allowed, excluded and is switched on.

    Without any choice the dashboard decides, as since 2023-08-16.
    """
    allowed = intent["allowed_payment_method_types"]
    automatic = intent["automatic_payment_methods"]
    if allowed and automatic and automatic["enabled"]:
        raise invalid(
            "You may only specify one of these parameters: automatic_payment_methods, "
            "allowed_payment_method_types.",
            param="allowed_payment_method_types",
        )
    kinds = allowed or enabled_methods()
    if not allowed:
        intent["automatic_payment_methods"] = automatic or {
            "allow_redirects": "always",
            "enabled": True,
        }
        intent["payment_method_configuration_details"] = {
            "id": _CONFIGURATION,
            "parent": None,
        }
    excluded = set(intent["excluded_payment_method_types"] or ())
    if not may_redirect(intent):
        excluded |= set(REDIRECTING)
    if intent["currency"] != "eur":
        excluded |= set(EURO_ONLY)
    left = [kind for kind in kinds if kind not in excluded]
    if not left:
        raise invalid(
            "No valid payment method types for this Payment Intent. Please ensure that "
            "you have activated payment methods compatible with your chosen currency "
            "in your dashboard."
        )
    intent["payment_method_types"] = left
    intent["payment_method_options"] = {
        kind: {**_OPTIONS[kind], **intent["payment_method_options"].get(kind, {})}
        for kind in left
    }


_OPTIONS: dict[str, Json] = {
    "card": {
        "installments": None,
        "mandate_options": None,
        "network": None,
        "request_three_d_secure": "automatic",
    },
    "bancontact": {"preferred_language": "fr"},
    "ideal": {},
    "sepa_debit": {},
}


def check_method_types(kinds: list[str]) -> None:
    """Refuse kinds that the sandbox cannot play."""
    for kind in kinds:
        if kind not in SUPPORTED:
            raise invalid(
                f"The payment method type provided: {kind} is invalid. The sandbox "
                f"plays {', '.join(SUPPORTED)}.",
                param="allowed_payment_method_types",
            )


def may_redirect(intent: Json) -> bool:
    automatic = intent["automatic_payment_methods"]
    return automatic is None or automatic.get("allow_redirects", "always") == "always"


def behind(intent: Json) -> Json:
    """What the sandbox remembers of an intent: return_url, mandate and the like."""
    return STORE.get(_BEHIND, intent["id"]) or {}


def remember(intent: Json, **facts: Any) -> None:
    STORE.put(_BEHIND, intent["id"], {**behind(intent), **facts})


def public_face(intent: Json) -> Json:
    """The intent as a buyer's browser may see it."""
    return {name: intent[name] for name in _PUBLIC}
