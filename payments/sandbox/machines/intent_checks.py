"""What must be true before an intent is confirmed."""

from payments.sandbox.cards import Authentication
from payments.sandbox.errors import refused
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.intent_object import behind as behind_intent
from payments.sandbox.machines.intent_object import may_redirect
from payments.sandbox.machines.methods import REDIRECTING, behind, card_of
from payments.sandbox.store import Json

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")


def check_confirmable(intent: Json) -> None:
    status = intent["status"]
    if status in CONFIRMABLE:
        return
    if status == "succeeded":
        message = (
            "You cannot confirm this PaymentIntent because it has already succeeded "
            "after being previously confirmed."
        )
    else:
        message = (
            "You cannot confirm this PaymentIntent because it has a status of "
            f"{status}. Only a PaymentIntent with one of the following statuses may be "
            f"confirmed: {', '.join(CONFIRMABLE)}."
        )
    raise refused(
        message, code="payment_intent_unexpected_state", payment_intent=intent
    )


def check_not_invoiced(intent: Json, done: str) -> None:
    """An invoice's intent follows the invoice, which is to be changed instead."""
    if behind_intent(intent).get("invoice"):
        raise refused(
            f"This PaymentIntent belongs to an invoice and can't be {done} directly. "
            "Change or void the invoice instead.",
            code="payment_intent_unexpected_state",
            payment_intent=intent,
        )


def check_return_url(intent: Json, said: Confirmation) -> None:
    """With methods that may redirect, a server must say where the buyer comes back."""
    asked = (intent["automatic_payment_methods"] or {}).get("enabled")
    redirecting = set(intent["payment_method_types"]) & set(REDIRECTING)
    explicit = may_redirect(intent) and asked and redirecting
    if explicit and not said.return_url and not said.use_stripe_sdk:
        raise refused(
            "This PaymentIntent is configured to accept payment methods enabled in "
            "your Dashboard. Because some of these payment methods might redirect "
            "your customer off of your page, you must provide a `return_url`. If you "
            "don't want to accept redirect-based payment methods, set "
            "`automatic_payment_methods[enabled]` to `true` and "
            "`automatic_payment_methods[allow_redirects]` to `never` when creating "
            "Setup Intents and Payment Intents.",
            payment_intent=intent,
        )


def check_method(intent: Json, method: Json) -> None:
    if method["type"] not in intent["payment_method_types"]:
        raise refused(
            f"The PaymentMethod provided ({method['type']}) is not allowed for this "
            "PaymentIntent. Please attempt again with a different PaymentMethod.",
            code="payment_intent_incompatible_payment_method",
            param="payment_method",
        )
    if method["customer"] and method["customer"] != intent["customer"]:
        raise refused(
            f"The payment method {method['id']} is attached to a customer so for "
            "security purposes you must provide the customer in the request.",
            param="payment_method",
        )
    if behind(method).get("used") and not method["customer"]:
        raise refused(
            "The provided PaymentMethod was previously used with a PaymentIntent "
            "without Customer attachment, shared with a connected account without "
            "Customer attachment, or was detached from a Customer. It may not be used "
            "again. To use a PaymentMethod multiple times, you must attach it to a "
            "Customer first.",
            param="payment_method",
        )


def needs_authentication(intent: Json, method: Json, said: Confirmation) -> bool:
    card = card_of(method)
    rule = card.authentication
    if rule is Authentication.UNLESS_SET_UP:
        is_set_up = card.already_set_up or behind(method).get("set_up")
        return not (said.off_session and is_set_up)
    options = intent["payment_method_options"].get("card", {})
    on_request = options.get("request_three_d_secure") in ("any", "challenge")
    if rule is Authentication.ON_REQUEST:
        return on_request and not said.off_session
    return rule is Authentication.ALWAYS
