"""Turn messages about money into mail."""

from lumira.outbox.topics import Payload, delivers
from orders.notifications import mail_customer
from payments.models import Refund


@delivers("refunded")
def mail_refunded(payload: Payload) -> None:
    refund = Refund.objects.get(pk=payload["refund_id"])
    mail_customer("refunded", refund.payment.order, refund=refund)
