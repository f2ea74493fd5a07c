"""The money's pages of the admin. Importing a module registers its page."""

from payments.admin.alarm_admin import AlarmAdmin
from payments.admin.dispute_admin import DisputeAdmin
from payments.admin.event_admin import ProcessedEventAdmin
from payments.admin.exported_refunds import refunded_by_order
from payments.admin.fraud_warning_admin import FraudWarningAdmin
from payments.admin.invoice_admin import InvoiceAdmin
from payments.admin.order_lookup import orders_with
from payments.admin.order_money import money_facts
from payments.admin.order_pause import pause_facts
from payments.admin.order_payments import PaymentsOfOrder
from payments.admin.order_steps import money_steps
from payments.admin.order_subscription import (
    subscription_facts,
    subscription_moments,
)
from payments.admin.order_timeline import event_moments, money_moments
from payments.admin.payment_admin import PaymentAdmin
from payments.admin.reconcile_admin import ReconcileRunAdmin
from payments.admin.refund_admin import RefundAdmin
from payments.admin.subscribers_of_service import subscribers_keep_theirs
from payments.admin.subscription_admin import SubscriptionAdmin

__all__ = [
    "AlarmAdmin",
    "DisputeAdmin",
    "FraudWarningAdmin",
    "InvoiceAdmin",
    "PaymentAdmin",
    "PaymentsOfOrder",
    "ProcessedEventAdmin",
    "ReconcileRunAdmin",
    "RefundAdmin",
    "SubscriptionAdmin",
    "event_moments",
    "money_facts",
    "money_moments",
    "money_steps",
    "orders_with",
    "pause_facts",
    "refunded_by_order",
    "subscribers_keep_theirs",
    "subscription_facts",
    "subscription_moments",
]
