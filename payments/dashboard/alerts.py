"""What somebody must look at, whatever the period."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from lumira.outbox.models import Message
from payments.models import Dispute, ProcessedEvent, ReconcileRun
from payments.status import WAITS_FOR_US

# More than anybody reads on a first page; the list of disputes has them all.
MOST_DISPUTES = 100
# The worker compares every five minutes: after this, it is not there.
RECONCILE_SILENCE = timedelta(minutes=30)


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
    return Message.objects.given_up().count()


def failed_events() -> int:
    """What Stripe told us and we could not act on. Stripe and reconcile try again."""
    return ProcessedEvent.objects.filter(processed=False).count()


def last_reconcile() -> ReconcileRun | None:
    """The latest comparison of our books with Stripe's that ended and could mend."""
    return _could_mend().exclude(finished_at=None).order_by("-started_at").first()


def uncompared_since() -> datetime | None:
    """When that one began; before any has ended, when the first of all began.

    None in a shop that just began.
    """
    run = last_reconcile() or _could_mend().order_by("started_at").first()
    return run.started_at if run else None


def _could_mend() -> QuerySet[ReconcileRun]:
    return ReconcileRun.objects.filter(is_dry=False)
