"""Collecting an invoice: attempts, what comes of them, and paid at last.

Whoever pays the intent, the buyer's browser or a renewal, its events lead here.
https://docs.stripe.com/billing/subscriptions/overview#payment-status
"""

from payments.sandbox import clock
from payments.sandbox.billing import dunning
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_object import behind, remember
from payments.sandbox.billing.invoice_payments import (
    default_method,
    intent_of,
    invoice_of,
    pay_payment,
)
from payments.sandbox.billing.origin import origin
from payments.sandbox.billing.told import told
from payments.sandbox.cards import Authentication
from payments.sandbox.errors import ApiError, refused
from payments.sandbox.machines import intents
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.intent_checks import check_confirmable, check_method
from payments.sandbox.machines.methods import behind as behind_method
from payments.sandbox.machines.methods import card_of
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_OVERVIEW = "https://stripe.com/docs/billing/subscriptions/overview#requires-action"


def attempt(
    invoice: Json,
    *,
    method: Json | None = None,
    off_session: bool = True,
    by_schedule: bool = False,
) -> ApiError | None:
    """Try to collect an open invoice. Returns why it did not work, once it is told.

    `by_schedule` is one of the automatic attempts, which alone count after the first.
    """
    intent = intent_of(invoice) or {}
    method = method or default_method(invoice)
    remember(invoice, by_schedule=by_schedule)
    if method is None:
        fail_attempt(invoice)
        return no_method()
    said = Confirmation(
        origin=origin(),
        use_stripe_sdk=True,
        off_session=off_session,
        waits_for_buyer=True,
    )
    try:
        check_confirmable(intent)
        check_method(intent, method)
        intents.confirm(intent, method, said)
    except ApiError as refusal:
        return refusal
    if intent["status"] != "requires_action":
        return None
    fail_attempt(invoice)
    return needs_buyer()


def intent_succeeded(intent: Json) -> None:
    """The money of an intent is there: so is its invoice's."""
    invoice = invoice_of(intent)
    if invoice:
        with in_time_of(invoice):
            mark_paid(invoice)


def intent_failed(intent: Json) -> None:
    invoice = invoice_of(intent)
    if invoice:
        with in_time_of(invoice):
            fail_attempt(invoice)


def intent_requires_action(intent: Json) -> None:
    invoice = invoice_of(intent)
    if invoice:
        emit("invoice.payment_action_required", invoice)


def mark_paid(invoice: Json, *, off_stripe: bool = False) -> None:
    """The invoice is paid. Money that came another way is nobody's payment here."""
    with told("invoice.updated", invoice):
        invoice.update(
            status="paid",
            attempted=True,
            attempt_count=_attempts(invoice) if invoice["amount_due"] else 0,
            amount_paid=invoice["amount_due"],
            amount_remaining=0,
            next_payment_attempt=None,
            auto_advance=False,
        )
        invoice["status_transitions"]["paid_at"] = clock.now()
        if off_stripe:
            invoice["amount_paid_off_stripe"] = invoice["amount_due"]
    _note_delinquent(invoice)
    emit("invoice.paid", invoice)
    if not off_stripe:
        emit("invoice.payment_succeeded", invoice)
        pay_payment(invoice)


def fail_attempt(invoice: Json) -> None:
    """This attempt brought nothing; perhaps a later one will."""
    with told("invoice.updated", invoice):
        invoice.update(attempted=True, attempt_count=_attempts(invoice))
        invoice["next_payment_attempt"] = dunning.next_attempt(invoice)
    _note_delinquent(invoice)
    emit("invoice.payment_failed", invoice)


def foreseen_refusal(method: Json) -> ApiError | None:
    """What an attempt with this card would end with, without making one."""
    if method["type"] != "card":
        return None
    card = card_of(method)
    set_up = card.already_set_up or behind_method(method).get("set_up")
    asks = card.authentication is Authentication.ALWAYS or (
        card.authentication is Authentication.UNLESS_SET_UP and not set_up
    )
    if asks:
        return ApiError(
            402,
            "Payment for this subscription requires additional user action before it "
            "can be completed successfully. Payment can be completed using the "
            "PaymentIntent associated with `subscription.latest_invoice`. Additional "
            f"information is available here: {_OVERVIEW}",
            type="card_error",
            code="subscription_payment_intent_requires_action",
        )
    if card.decline:
        return ApiError(
            402,
            card.decline.message,
            type="card_error",
            code=card.decline.code,
            decline_code=card.decline.decline_code,
        )
    return None


def no_method() -> ApiError:
    return refused(
        "This customer has no attached payment source or default payment method. "
        "Please consider adding a default payment method. For more information, visit "
        "https://stripe.com/docs/billing/subscriptions/payment-methods-setting"
        "#payment-method-priority.",
        code="resource_missing",
    )


def needs_buyer() -> ApiError:
    return ApiError(
        402,
        "This payment requires additional user action before it can be completed "
        "successfully. Payment can be completed using the PaymentIntent associated "
        f"with the invoice. For more details see: {_OVERVIEW}",
        type="card_error",
        code="invoice_payment_intent_requires_action",
    )


def _attempts(invoice: Json) -> int:
    """Any attempt counts as the first; after it only the automatic ones do."""
    count = int(invoice["attempt_count"])
    by_schedule = behind(invoice).get("by_schedule", False)
    remember(invoice, by_schedule=False)
    return count + 1 if by_schedule or count == 0 else count


def _note_delinquent(invoice: Json) -> None:
    """Whether the customer's latest invoice could not be collected."""
    customer = STORE.get("customer", invoice["customer"])
    is_so = invoice["status"] == "open"
    if customer and customer["delinquent"] != is_so:
        with told("customer.updated", customer):
            customer["delinquent"] = is_so
