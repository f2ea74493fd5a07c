"""What somebody must look at, whatever the period."""

from lumira.outbox.models import Message
from lumira.outbox.sending import MAX_ATTEMPTS
from payments.models import Dispute, ProcessedEvent, ReconcileRun
from payments.status import WAITS_FOR_US

# More than anybody reads on a first page; the list of disputes has them all.
MOST_DISPUTES = 100


def disputes_to_answer() -> list[Dispute]:
    """What waits for our answer, the nearest deadline first; MOST_DISPUTES at most."""
    waiting = Dispute.objects.filter(status__in=WAITS_FOR_US).order_by("due_by")
    # Engines disagree on where those without a deadline stand.
    return sorted(
        waiting[:MOST_DISPUTES],
        key=lambda one: (one.due_by is None, one.due_by or one.created_at),
    )


def dead_messages() -> int:
    """Mails and alerts that were tried for three days and given up."""
    return Message.objects.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS).count()


def failed_events() -> int:
    """What Stripe told us and we could not act on. Stripe and reconcile try again."""
    return ProcessedEvent.objects.filter(processed=False).count()


def last_reconcile() -> ReconcileRun | None:
    """The latest comparison of our books with Stripe's, under way ones included."""
    return ReconcileRun.objects.order_by("-started_at").first()
