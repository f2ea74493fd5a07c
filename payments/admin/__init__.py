"""The money's pages of the admin. Importing a module registers its page."""

from payments.admin.dispute_admin import DisputeAdmin, FraudWarningAdmin
from payments.admin.event_admin import ProcessedEventAdmin
from payments.admin.order_payments import PaymentsOfOrder
from payments.admin.payment_admin import PaymentAdmin
from payments.admin.refund_admin import RefundAdmin

__all__ = [
    "DisputeAdmin",
    "FraudWarningAdmin",
    "PaymentAdmin",
    "PaymentsOfOrder",
    "ProcessedEventAdmin",
    "RefundAdmin",
]
