"""What Stripe says about a period of a subscription, applied to our books.

A paid invoice makes one order, whoever tells us first, and however often.
"""

from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.outbox.announcing import announce
from orders.actions.place_renewal import place_renewal
from payments.actions.settlement import apply_intent
from payments.alerts import raise_alert
from payments.gateway import IntentSnapshot, InvoiceSnapshot
from payments.models import Invoice, Payment, Subscription
from payments.status import INVOICE_MOVES, InvoiceStatus, PaymentStatus

# What the bank wants before it pays: the customer, in person.
ASKS_THE_CUSTOMER = "requires_action"


@told_in_log
@transactional
def apply_invoice(
    subscription: Subscription,
    told: InvoiceSnapshot,
    intent: IntentSnapshot | None,
    *,
    by: str,
) -> Invoice:
    """Bring one invoice, and the order of its period, to what Stripe says.

    `intent` is the one that pays it, if there is one. Repeat at will; old news does
    not undo newer. Money that does not add up makes no order, and raises an alert.
    """
    # Takes the row: of two tellers at once, one waits for the other.
    Subscription.objects.filter(pk=subscription.pk).update(updated_at=now())
    # News may be faster than the answer that tells Stripe's id.
    unknown = Subscription.objects.filter(pk=subscription.pk, stripe_id=None)
    unknown.update(stripe_id=told.subscription_id)
    invoice = _row(subscription, told)
    attempts_before = invoice.attempt_count
    _follow(invoice, told)
    if invoice.status == InvoiceStatus.PAID:
        _settle(invoice, told, intent, by=by)
    elif told.is_first and intent:
        # Nobody has it yet: the attempt of the checkout tells how it stands.
        apply_intent(_first_payment(invoice, told, intent), intent, by=by)
    elif invoice.status == InvoiceStatus.OPEN and told.attempt_count > attempts_before:
        _ask_the_customer(invoice, intent)
    return invoice


def _row(subscription: Subscription, told: InvoiceSnapshot) -> Invoice:
    known = Invoice.objects.filter(stripe_id=told.invoice_id).first()
    return known or Invoice.objects.create(
        stripe_id=told.invoice_id,
        subscription=subscription,
        amount_due=told.amount_due,
        currency=told.currency,
        created_at=told.created_at,
    )


def _follow(invoice: Invoice, told: InvoiceSnapshot) -> None:
    is_news = told.status in INVOICE_MOVES[invoice.status]
    if not is_news and told.status != invoice.status:
        return
    invoice.status = told.status
    invoice.number = told.number or invoice.number
    invoice.amount_due = told.amount_due
    invoice.amount_paid = told.amount_paid
    invoice.intent_id = told.intent_id or invoice.intent_id
    invoice.attempt_count = max(invoice.attempt_count, told.attempt_count)
    invoice.next_attempt_at = told.next_attempt_at
    invoice.save()


def _settle(
    invoice: Invoice,
    told: InvoiceSnapshot,
    intent: IntentSnapshot | None,
    *,
    by: str,
) -> None:
    """Money came for this period: its order, paid by its own intent."""
    if invoice.payment_id:
        return
    if problem := _does_not_add_up(told, intent):
        raise_alert(
            "invoice_without_payment",
            about=told.invoice_id,
            order=invoice.subscription.order_number,
            problem=problem,
        )
        return
    assert intent is not None  # noqa: S101 (said by the lines above)
    payment = (
        _first_payment(invoice, told, intent)
        if told.is_first
        else _payment_of_period(invoice, told, intent, by=by)
    )
    if apply_intent(payment, intent, by=by):
        invoice.payment = payment
        invoice.save(update_fields=["payment"])


def _does_not_add_up(told: InvoiceSnapshot, intent: IntentSnapshot | None) -> str:
    """Paid with credit, by hand, or in parts: a person must look. "" if all is well."""
    if intent is None:
        return f"{told.amount_paid} {told.currency} without an intent"
    if intent.status != PaymentStatus.COMPLETED:
        return f"paid, while {intent.intent_id} is {intent.stripe_status}"
    if (told.amount_paid, told.currency) != (intent.amount_received, intent.currency):
        return (
            f"invoice {told.amount_paid} {told.currency}, "
            f"intent {intent.amount_received} {intent.currency}"
        )
    return ""


def _first_payment(
    invoice: Invoice, told: InvoiceSnapshot, intent: IntentSnapshot
) -> Payment:
    """The checkout's. Its answer may have been lost: then this tells its intent."""
    payment = invoice.subscription.first_payment
    payment.remember_intent(intent.intent_id, invoice_id=told.invoice_id)
    return payment


def _payment_of_period(
    invoice: Invoice, told: InvoiceSnapshot, intent: IntentSnapshot, *, by: str
) -> Payment:
    if known := Payment.objects.filter(intent_id=intent.intent_id).first():
        return known
    order = place_renewal(
        invoice.subscription.first_order,
        amount=told.amount_paid,
        currency=told.currency,
        key=f"invoice:{told.invoice_id}",
        by=by,
    )
    return Payment.objects.create(
        order=order,
        order_number=order.number,
        intent_id=intent.intent_id,
        stripe_invoice_id=told.invoice_id,
        amount=order.amount,
        currency=order.currency,
        livemode=told.livemode,
    )


def _ask_the_customer(invoice: Invoice, intent: IntentSnapshot | None) -> None:
    """A renewal that was tried and not paid: one letter for each try."""
    wants_them = intent is not None and intent.stripe_status == ASKS_THE_CUSTOMER
    announce(
        "renewal_unpaid",
        key=f"renewal_unpaid:{invoice.stripe_id}:{invoice.attempt_count}",
        invoice_id=str(invoice.pk),
        order_id=str(invoice.subscription.first_order_id),
        wants="authentication" if wants_them else "card",
    )
