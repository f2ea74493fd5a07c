"""What ties an invoice to the intent that pays it.

https://docs.stripe.com/api/invoice-payment/object
"""

from payments.sandbox import clock
from payments.sandbox.billing.invoice_object import subscription_id_of
from payments.sandbox.ids import new_id
from payments.sandbox.machines import intent_object
from payments.sandbox.machines.intent_ends import CANCELABLE, cancel
from payments.sandbox.machines.methods import REDIRECTING
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "invoice_payment"


def make_payment(invoice: Json) -> None:
    """Make the intent for a final invoice, and what ties them together."""
    intent = _make_intent(invoice)
    STORE.save(
        {
            "id": new_id("inpay"),
            "object": KIND,
            "amount_paid": None,
            "amount_requested": invoice["amount_due"],
            "created": clock.now(),
            "currency": invoice["currency"],
            "invoice": invoice["id"],
            "is_default": True,
            "livemode": False,
            "payment": {"payment_intent": intent["id"], "type": "payment_intent"},
            "status": "open",
            "status_transitions": {"canceled_at": None, "paid_at": None},
        }
    )


def payment_of(invoice: Json) -> Json | None:
    """None before the invoice is final, and for one that was free."""
    for payment in reversed(STORE.all(KIND)):
        if payment["invoice"] == invoice["id"]:
            return payment
    return None


def intent_of(invoice: Json) -> Json | None:
    payment = payment_of(invoice)
    if payment is None:
        return None
    return STORE.get("payment_intent", payment["payment"]["payment_intent"])


def invoice_of(intent: Json) -> Json | None:
    """The invoice that an intent pays; None for an intent of its own."""
    invoice_id = intent_object.behind(intent).get("invoice")
    return STORE.get("invoice", invoice_id) if invoice_id else None


def pay_payment(invoice: Json) -> None:
    payment = payment_of(invoice)
    if payment:
        payment.update(status="paid", amount_paid=payment["amount_requested"])
        payment["status_transitions"]["paid_at"] = clock.now()
        STORE.save(payment)
        emit("invoice_payment.paid", payment)


def cancel_payment(invoice: Json, reason: str) -> None:
    """The invoice is not to be paid any more, or was paid elsewhere."""
    payment, intent = payment_of(invoice), intent_of(invoice)
    if payment is None or intent is None:
        return
    if intent["status"] in CANCELABLE:
        cancel(intent, reason)
    payment["status"] = "canceled"
    payment["status_transitions"]["canceled_at"] = clock.now()
    STORE.save(payment)


def _make_intent(invoice: Json) -> Json:
    subscription_id = subscription_id_of(invoice)
    method = default_method(invoice)
    intent = intent_object.new_intent(
        invoice["amount_due"],
        invoice["currency"],
        customer=invoice["customer"],
        description=_description(invoice),
        setup_future_usage="off_session" if subscription_id else None,
    )
    _choose_methods(intent, invoice)
    if method and method["type"] in intent["payment_method_types"]:
        intent.update(payment_method=method["id"], status="requires_confirmation")
    intent_object.remember(intent, invoice=invoice["id"])
    STORE.save(intent)
    emit("payment_intent.created", intent)
    return intent


def default_method(thing: Json) -> Json | None:
    """What pays an invoice or a subscription unless told otherwise.

    https://docs.stripe.com/billing/subscriptions/payment-methods-setting
    """
    subscription_id = subscription_id_of(thing) if thing["object"] == "invoice" else ""
    subscription = STORE.get("subscription", subscription_id or "")
    customer = STORE.get("customer", thing["customer"]) or {}
    chosen = (
        thing["default_payment_method"]
        or (subscription or {}).get("default_payment_method")
        or customer.get("invoice_settings", {}).get("default_payment_method")
    )
    return STORE.get("payment_method", chosen) if chosen else None


def _choose_methods(intent: Json, invoice: Json) -> None:
    """The invoice's kinds of method, else those enabled that can be used again."""
    asked = invoice["payment_settings"]["payment_method_types"]
    intent["allowed_payment_method_types"] = asked or [
        kind for kind in intent_object.enabled_methods() if kind not in REDIRECTING
    ]
    intent_object.choose_method_types(intent)
    intent["allowed_payment_method_types"] = None


def _description(invoice: Json) -> str:
    if invoice["billing_reason"] == "subscription_create":
        return "Subscription creation"
    if subscription_id_of(invoice):
        return "Subscription update"
    return "Payment for Invoice"
