"""How an attempt to pay ends for its intent: it succeeds or it fails."""

from payments.sandbox.cards import Decline
from payments.sandbox.errors import ApiError
from payments.sandbox.machines import charging
from payments.sandbox.machines.customers import attach_method
from payments.sandbox.machines.intent_object import public_face
from payments.sandbox.machines.methods import remember
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit


def succeed(intent: Json, charge: Json) -> None:
    """The money is taken."""
    intent.update(
        status="succeeded",
        amount_received=charge["amount_captured"],
        amount_capturable=0,
        next_action=None,
        last_payment_error=None,
    )
    STORE.save(intent)
    emit("payment_intent.succeeded", intent)


def fail(intent: Json, error: Json) -> None:
    """This attempt failed; the intent takes another payment method."""
    intent.update(
        status="requires_payment_method",
        last_payment_error=error,
        payment_method=None,
        next_action=None,
    )
    STORE.save(intent)
    emit("payment_intent.payment_failed", intent)


def fail_declined(
    intent: Json,
    method: Json,
    charge: Json,
    decline: Decline,
    by_browser: bool = False,
) -> ApiError:
    """The bank said no: the charge fails, the intent waits, and here is the error."""
    intent["latest_charge"] = charge["id"]
    charging.decline_charge(charge, decline)
    error = card_error(intent, method, charge, decline)
    fail(intent, error.error)
    error.error = {
        **error.error,
        "payment_intent": public_face(intent) if by_browser else intent,
    }
    return error


def card_error(intent: Json, method: Json, charge: Json, decline: Decline) -> ApiError:
    """Stripe's words for a decline, as a 402 and as last_payment_error."""
    return ApiError(
        402,
        decline.message,
        type="card_error" if method["type"] == "card" else "invalid_request_error",
        code=decline.code,
        decline_code=decline.decline_code,
        advice_code=decline.advice,
        charge=charge["id"],
        payment_method=dict(method),
        param=_param_of(decline),
    )


def _param_of(decline: Decline) -> str | None:
    return {"incorrect_cvc": "cvc", "expired_card": "exp_month"}.get(decline.code)


def keep_method(intent: Json, method: Json) -> None:
    """For later if that was asked for; otherwise it has served its one time."""
    customer = STORE.get("customer", intent["customer"] or "")
    if intent["setup_future_usage"] and customer:
        remember(method, set_up=True)
        if not method["customer"]:
            attach_method(method, customer)
    remember(method, used=True)


def is_async(intent: Json) -> bool:
    return bool(intent["capture_method"] == "automatic_async")
