"""Ask Stripe how a payment stands, and believe it."""

from lumira.kit.log_context import told_in_log
from payments.actions.settlement import apply_intent
from payments.gateway import gateway
from payments.models import Payment


@told_in_log
def confirm_payment(payment: Payment, *, by: str) -> None:
    """Settle from Stripe's own word, when the webhook has not come. Repeat at will.

    A payment that never reached Stripe has nothing to ask about. Raises GatewayError.
    """
    if payment.intent_id is None:
        return
    apply_intent(payment, gateway().fetch_intent(payment.intent_id), by=by)
