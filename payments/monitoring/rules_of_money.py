"""What about payments calls somebody. Each rule reads, and says what it found."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Sum

from orders.models import Order
from orders.models.hold import HoldReason
from payments.dashboard.attempts import tally
from payments.dashboard.period import Span
from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, ReconcileRun
from payments.monitoring.alarms import Facts
from payments.status import WAITS_FOR_US, PaymentStatus

# A silence that began longer ago was told long ago.
LOOK_BACK = timedelta(days=1)
# What a person must decide may wait for a working day.
PATIENCE = timedelta(hours=24)
# More than these need no counting.
MOST = 100


def failure_rate(at: datetime) -> Facts | None:
    """Attempts that began in the window and have ended, as the dashboard counts."""
    found, failures = tally(Span(at - settings.MONITORING_WINDOW, at))
    if found.ended < settings.FAILURE_RATE_MIN_COUNT:
        return None
    if found.failed <= settings.FAILURE_RATE_THRESHOLD * found.ended:
        return None
    codes = failures[0][0]
    return {
        "rate": f"{(found.failure_permille or 0) / 10:.1f} %",
        "failed": found.failed,
        "ended": found.ended,
        "top_code": codes.decline_code or codes.failure_code,
        "window": _minutes(settings.MONITORING_WINDOW),
    }


def average_amount(at: datetime) -> Facts | None:
    """What was collected in the window; each currency for itself, the worst is told.

    One payment alone is an average too: the only one of a quiet night may be the one
    whose price was mistyped.
    """
    collected = Payment.objects.filter(
        completed_at__gte=at - settings.MONITORING_WINDOW, completed_at__lt=at
    )
    rows = collected.values("currency").annotate(number=Count("pk"), sum=Sum("amount"))
    averages = [
        (row["sum"] // row["number"], row["currency"], row["number"])
        for row in rows.order_by()
        if row["sum"] > settings.MAX_AMOUNT_THRESHOLD * row["number"]
    ]
    if not averages:
        return None
    average, currency, number = max(averages)
    return {
        "amount": average,
        "currency": currency,
        "number": number,
        "window": _minutes(settings.MONITORING_WINDOW),
    }


def webhook_silence(at: datetime) -> Facts | None:
    """Money came, and Stripe told nothing around that moment nor since.

    A quiet night is no silence: nothing happened that could have been told. Events
    that reconcile had to fetch were not told either.
    """
    patience = settings.WEBHOOK_SILENCE
    latest = (
        Payment.objects.filter(
            status=PaymentStatus.COMPLETED,
            completed_at__gte=at - LOOK_BACK,
            completed_at__lte=at - patience,
        )
        .order_by("-completed_at")
        .first()
    )
    if latest is None or latest.completed_at is None:
        return None
    since = latest.completed_at - patience
    told = ProcessedEvent.objects.filter(received_at__gte=since)
    fetched = _events_fetched_since(since)
    if told.exclude(pk__in=fetched).exists():
        return None
    return {"since": f"{since:%Y-%m-%d %H:%M}", "order": latest.order_number}


def dispute_last_call(at: datetime) -> Facts | None:
    """Nobody answered, and the bank decides soon. Each was told of two days before."""
    due = Dispute.objects.filter(
        status__in=WAITS_FOR_US,
        due_by__gt=at,
        due_by__lte=at + settings.DISPUTE_LAST_CALL,
    ).order_by("due_by")
    disputes = list(due[:MOST])
    if not disputes or disputes[0].due_by is None:
        return None
    return {
        "number": len(disputes),
        "order": disputes[0].order_number,
        "due_by": f"{disputes[0].due_by:%Y-%m-%d %H:%M}",
    }


def fraud_untouched(at: datetime) -> Facts | None:
    """Warnings that can still be acted on, and whose order nobody released."""
    waiting = FraudWarning.objects.filter(
        actionable=True, created_at__lte=at - PATIENCE
    ).prefetch_related("payment__order__holds")
    untouched = [one for one in waiting.order_by("-created_at")[:MOST] if _holds(one)]
    if not untouched:
        return None
    return {"number": len(untouched), "order": untouched[-1].order_number}


def holds_waiting(at: datetime) -> Facts | None:
    """Orders that stand still because our books and Stripe's disagree."""
    on_hold = Order.objects.filter(is_on_hold=True).prefetch_related("holds")
    waiting = [
        order
        for order in on_hold.order_by("-created_at")[:MOST]
        if any(
            hold.reason == HoldReason.MISMATCH
            and hold.released_at is None
            and hold.placed_at <= at - PATIENCE
            for hold in order.holds.all()
        )
    ]
    if not waiting:
        return None
    return {"number": len(waiting), "order": waiting[-1].number}


def _holds(warning: FraudWarning) -> bool:
    return any(
        hold.about == warning.stripe_id and hold.released_at is None
        for hold in warning.payment.order.holds.all()
    )


def _events_fetched_since(moment: datetime) -> list[str]:
    """What reconcile asked for, because it had not arrived."""
    runs = ReconcileRun.objects.filter(started_at__gte=moment).exclude(mended=[])
    return [
        line["about"]
        for mended in runs.values_list("mended", flat=True)
        for line in mended
        if line["kind"] == "event"
    ]


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
