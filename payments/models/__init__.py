from payments.models.dispute import Dispute, FraudWarning
from payments.models.payment import Payment
from payments.models.processed_event import ProcessedEvent
from payments.models.reconcile_run import ReconcileRun
from payments.models.refund import Refund

__all__ = [
    "Dispute",
    "FraudWarning",
    "Payment",
    "ProcessedEvent",
    "ReconcileRun",
    "Refund",
]
