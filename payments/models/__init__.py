from payments.models.alarm import Alarm
from payments.models.dispute import Dispute, FraudWarning
from payments.models.invoice import Invoice
from payments.models.payment import Payment
from payments.models.processed_event import ProcessedEvent
from payments.models.reconcile_run import ReconcileRun
from payments.models.refund import Refund
from payments.models.subscription import (
    Customer,
    RecurringPrice,
    Subscription,
    SubscriptionEvent,
)

__all__ = [
    "Alarm",
    "Customer",
    "Dispute",
    "FraudWarning",
    "Invoice",
    "Payment",
    "ProcessedEvent",
    "ReconcileRun",
    "RecurringPrice",
    "Refund",
    "Subscription",
    "SubscriptionEvent",
]
