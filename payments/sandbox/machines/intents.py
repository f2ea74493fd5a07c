"""The PaymentIntent's machine: confirm, authenticate, settle a debit.

https://docs.stripe.com/payments/paymentintents/lifecycle
"""

from payments.sandbox import timers
from payments.sandbox.cards import AUTHENTICATION_REQUIRED, Decline
from payments.sandbox.errors import ApiError, doc_url, refused
from payments.sandbox.machines import charging
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.iban import course_of
from payments.sandbox.machines.intent_checks import needs_authentication
from payments.sandbox.machines.intent_object import KIND
from payments.sandbox.machines.intent_object import remember as remember_intent
from payments.sandbox.machines.intent_outcomes import (
    card_error,
    fail,
    fail_declined,
    is_async,
    keep_method,
    succeed,
)
from payments.sandbox.machines.mandates import make_mandate
from payments.sandbox.machines.methods import REDIRECTING, behind, card_of, remember
from payments.sandbox.machines.next_actions import ask_for_redirect, ask_for_three_ds
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_CAPTURE_WITHIN_S = 7 * 24 * 3600
AUTHENTICATION_FAILED = (
    "The provided PaymentMethod has failed authentication. You can provide "
    "payment_method_data or a new PaymentMethod to attempt to fulfill this "
    "PaymentIntent again."
)
DEBIT_FAILED = Decline(
    "debit_not_authorized",
    "generic_decline",
    "The customer's bank refused the debit.",
    advice=None,
)


def confirm(intent: Json, method: Json, said: Confirmation) -> None:
    """Try to pay, once `intent_checks` has nothing against it.

    A decline is a 402, and leaves the intent ready for another try.
    """
    intent.update(payment_method=method["id"], last_payment_error=None)
    intent["next_action"] = None
    if said.return_url:
        remember_intent(intent, return_url=said.return_url)
    kind = method["type"]
    if kind in REDIRECTING:
        _require_action(intent, ask_for_redirect(intent, said))
    elif kind == "sepa_debit":
        _start_debit(intent, method)
    elif needs_authentication(intent, method, said):
        _ask_to_authenticate(intent, method, said)
    else:
        problem = _charge(intent, method, authenticated=False, said=said)
        if problem:
            raise problem


def authenticate(intent: Json, *, succeeds: bool) -> None:
    """The buyer came back from 3-D Secure or a bank. A decline raises nothing."""
    if intent["status"] != "requires_action":
        raise refused(
            f"This PaymentIntent has a status of {intent['status']}: there is nothing "
            "to authenticate.",
            code="payment_intent_unexpected_state",
            payment_intent=intent,
        )
    method = STORE.get("payment_method", intent["payment_method"]) or {}
    intent["next_action"] = None
    if succeeds:
        _charge(intent, method, authenticated=True, said=Confirmation())
        return
    error = {
        "code": "payment_intent_authentication_failure",
        "doc_url": doc_url("payment_intent_authentication_failure"),
        "message": AUTHENTICATION_FAILED,
        "payment_method": dict(method),
        "type": "invalid_request_error",
    }
    fail(intent, error)


def settle_debit(intent_id: str, *, succeeds: bool) -> None:
    """The bank's answer to a direct debit. Again: nothing."""
    intent = STORE.get(KIND, intent_id)
    if intent is None or intent["status"] != "processing":
        return
    charge = STORE.get("charge", intent["latest_charge"]) or {}
    method = STORE.get("payment_method", charge["payment_method"]) or {}
    if succeeds:
        charging.authorize_charge(charge, capture_now=True, fee_later=is_async(intent))
        succeed(intent, charge)
        if course_of(behind(method).get("iban", "")).disputed:
            timers.schedule(
                "charge.sequel",
                delay_s=0,
                charge_id=charge["id"],
                sequel="debit_not_authorized",
            )
        return
    charging.decline_charge(charge, DEBIT_FAILED)
    fail(intent, card_error(intent, method, charge, DEBIT_FAILED).error)


def _ask_to_authenticate(intent: Json, method: Json, said: Confirmation) -> None:
    if said.off_session and not said.waits_for_buyer:
        charge = charging.make_charge(intent, method, authenticated=False)
        raise fail_declined(intent, method, charge, AUTHENTICATION_REQUIRED)
    if said.error_on_requires_action:
        intent.update(status="requires_payment_method", payment_method=None)
        STORE.save(intent)
        raise ApiError(
            402,
            "This payment required an authentication action to complete, but "
            "`error_on_requires_action` was set.",
            type="card_error",
            code="authentication_required",
            decline_code="authentication_required",
            payment_intent=intent,
        )
    _require_action(intent, ask_for_three_ds(intent, said))


def _require_action(intent: Json, action: Json) -> None:
    intent.update(status="requires_action", next_action=action)
    STORE.save(intent)
    emit("payment_intent.requires_action", intent)


def _charge(
    intent: Json, method: Json, *, authenticated: bool, said: Confirmation
) -> ApiError | None:
    """Ask the bank. The error of a decline is returned: not everyone raises it."""
    charge = charging.make_charge(intent, method, authenticated=authenticated)
    if method["type"] == "card":
        decline = card_of(method).decline
        if decline:
            return fail_declined(intent, method, charge, decline, said.by_browser)
    intent["latest_charge"] = charge["id"]
    capture_now = intent["capture_method"] != "manual"
    charging.authorize_charge(
        charge, capture_now=capture_now, fee_later=capture_now and is_async(intent)
    )
    keep_method(intent, method)
    if capture_now:
        succeed(intent, charge)
        return None
    intent.update(status="requires_capture", amount_capturable=charge["amount"])
    STORE.save(intent)
    emit("payment_intent.amount_capturable_updated", intent)
    timers.schedule(
        "intent.expire_capture", delay_s=_CAPTURE_WITHIN_S, intent_id=intent["id"]
    )
    return None


def _start_debit(intent: Json, method: Json) -> None:
    mandate = make_mandate(method)
    remember(method, mandate=mandate["id"])
    charge = charging.make_charge(intent, method, authenticated=False)
    STORE.save(charge)
    intent.update(status="processing", latest_charge=charge["id"])
    STORE.save(intent)
    keep_method(intent, method)
    emit("charge.pending", charge)
    emit("payment_intent.processing", intent)
    course = course_of(behind(method)["iban"])
    timers.schedule(
        "intent.settle_debit",
        delay_s=course.after_s,
        intent_id=intent["id"],
        succeeds=course.succeeds,
    )
