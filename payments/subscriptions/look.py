"""Ask Stripe how a subscription or an invoice stands, and believe it."""

from collections.abc import Callable
from itertools import islice

from lumira.kit.log_context import told_in_log
from payments.gateway import IntentSnapshot, InvoiceSnapshot, gateway
from payments.models import Invoice, Subscription
from payments.status import InvoiceStatus
from payments.subscriptions.apply_invoice import apply_invoice
from payments.subscriptions.apply_subscription import apply_subscription

MOST_LOOKED_AT = 12


@told_in_log
def look_at_subscription(subscription: Subscription, *, by: str) -> None:
    """Bring the row and its latest invoices to what Stripe says. Repeat at will.

    One that never reached Stripe has nothing to ask about. Raises GatewayError.
    """
    if subscription.stripe_id is None:
        return
    told = gateway().billing.fetch_subscription(subscription.stripe_id)
    apply_subscription(subscription, told, by=by)
    if told.latest_invoice_id:
        look_at_invoice(subscription, told.latest_invoice_id, by=by)


@told_in_log
def look_at_everything(subscription: Subscription, *, by: str) -> None:
    """The same, with the invoices of about a year. Raises GatewayError."""
    look_at_subscription(subscription, by=by)
    latest = gateway().billing.invoices_of(str(subscription.stripe_id))
    for told in islice(latest, MOST_LOOKED_AT):
        if told.status != InvoiceStatus.DRAFT:
            look_at_invoice(subscription, told.invoice_id, by=by)


@told_in_log
def look_at_invoice(subscription: Subscription, invoice_id: str, *, by: str) -> Invoice:
    """Fetch an invoice and its intent, and apply them. Raises GatewayError."""
    return invoice_change(subscription, invoice_id, by=by)()


@told_in_log
def invoice_change(
    subscription: Subscription, invoice_id: str, *, by: str
) -> Callable[[], Invoice]:
    """Ask Stripe now; the change to our books is made when the answer is called."""
    told = gateway().billing.fetch_invoice(invoice_id)
    intent = intent_of(told)
    return lambda: apply_invoice(subscription, told, intent, by=by)


def intent_of(invoice: InvoiceSnapshot) -> IntentSnapshot | None:
    return gateway().fetch_intent(invoice.intent_id) if invoice.intent_id else None
