"""How the money stands, asked of the database when Prometheus asks us.

Payments by outcome are measured and not counted: a restart must not lose a refusal,
what reconcile found out late counts as much as what a webhook said at once, and the
rate here is the dashboard's own. Each measure says how many queries it makes; all are
answered by an index and read rows of the last day, or rows that wait.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils.timezone import now
from prometheus_client.core import Metric

from lumira.kit.metrics.measuring import gauge, gauges
from payments.actions.disputes import REMIND_BEFORE
from payments.alerts.words import CONDITIONS
from payments.dashboard.alerts import RECONCILE_SILENCE, last_reconcile
from payments.dashboard.attempts import Codes, tally
from payments.dashboard.period import Span
from payments.metrics.counters import UNKNOWN, known_code
from payments.models import (
    Dispute,
    FraudWarning,
    Payment,
    ProcessedEvent,
    Subscription,
)
from payments.monitoring.alarms import alarms_in_force
from payments.monitoring.rules_of_money import webhook_silence
from payments.status import (
    ENDED_SUBSCRIPTION,
    WAITS_FOR_US,
    PaymentStatus,
    SubscriptionStatus,
)


def _windows() -> dict[str, timedelta]:
    """`recent` is what the worker's alerts look at (payments/monitoring)."""
    return {"recent": settings.MONITORING_WINDOW, "day": timedelta(days=1)}


def measure_attempts() -> Iterable[Metric]:
    """A query for each window: what was begun in it, by how it stands now."""
    end = now()
    spans = {name: Span(end - length, end) for name, length in _windows().items()}
    found = {name: tally(span) for name, span in spans.items()}
    yield gauges(
        "lumira_attempts",
        "Attempts to pay begun in this window, by how they stand now.",
        ("window", "outcome"),
        {
            (name, outcome): getattr(numbers, outcome)
            for name, (numbers, _failures) in found.items()
            for outcome in ("succeeded", "failed", "undecided")
        },
    )
    yield gauges(
        "lumira_attempts_failed",
        "Failed attempts of this window, by Stripe's code.",
        ("window", "code"),
        {
            (name, code): number
            for name, (_numbers, failures) in found.items()
            for code, number in _by_code(failures).items()
        },
    )


def _by_code(failures: list[tuple[Codes, int]]) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for codes, number in failures:
        numbers[known_code(codes.failure_code, codes.decline_code)] += number
    return numbers


def measure_collected() -> Iterable[Metric]:
    """One query: what came in, by currency; the average is one by the other."""
    starts = {name: now() - length for name, length in _windows().items()}
    within = {name: Q(completed_at__gte=start) for name, start in starts.items()}
    sums = {f"sum_{name}": Sum("amount", filter=q) for name, q in within.items()}
    numbers = {f"number_{name}": Count("pk", filter=q) for name, q in within.items()}
    collected = Payment.objects.filter(
        status=PaymentStatus.COMPLETED, completed_at__gte=min(starts.values())
    )
    by_currency: Iterable[Mapping[str, Any]] = (
        collected.values("currency").annotate(**sums, **numbers).order_by()
    )
    rows = list(by_currency)
    for what, metric, help_text in (
        ("sum", "lumira_collected_minor_units", "Collected in this window."),
        ("number", "lumira_collected_payments", "Payments collected in this window."),
    ):
        yield gauges(
            metric,
            help_text,
            ("window", "currency"),
            {
                (name, row["currency"]): row[f"{what}_{name}"] or 0
                for name in within
                for row in rows
            },
        )


def measure_thresholds() -> Iterable[Metric]:
    """No query: the settings, so that the rules of Prometheus need no second copy."""
    yield gauges(
        "lumira_alert_threshold",
        "From when on the worker calls somebody.",
        ("of",),
        {
            ("failure_ratio",): settings.FAILURE_RATE_THRESHOLD,
            ("ended_attempts",): settings.FAILURE_RATE_MIN_COUNT,
            ("average_minor_units",): settings.MAX_AMOUNT_THRESHOLD,
            ("queue_tasks",): settings.QUEUE_BACKLOG_THRESHOLD,
            ("reconcile_silence_seconds",): RECONCILE_SILENCE.total_seconds(),
        },
    )


def measure_alarms() -> Iterable[Metric]:
    """One query: what the worker has told people, and not given the all-clear for."""
    kinds = Counter(alarm.name.partition(":")[0] for alarm in alarms_in_force())
    numbers: Counter[str] = Counter()
    for kind, number in kinds.items():
        numbers[kind if kind in CONDITIONS else UNKNOWN] += number
    yield gauges(
        "lumira_alarms",
        "Alarms of the worker that are in force.",
        ("kind",),
        {(kind,): numbers[kind] for kind in [*CONDITIONS, UNKNOWN]},
    )


def measure_events() -> Iterable[Metric]:
    """The newest event, those that wait, and the worker's own rule: five queries."""
    # The whole row: MongoDB sorts all of them for one column.
    newest = ProcessedEvent.objects.order_by("-received_at", "-event_id").first()
    yield gauge(
        "lumira_webhook_last_event_timestamp_seconds",
        "When the newest event was received; no line before the first.",
        newest.received_at.timestamp() if newest else None,
    )
    yield gauge(
        "lumira_webhook_events_unprocessed",
        "Events that we could not act on, yet.",
        ProcessedEvent.objects.filter(processed=False).count(),
    )
    yield gauge(
        "lumira_webhook_silent",
        "1 if money came and Stripe told nothing of it. A quiet night is no silence.",
        1 if webhook_silence(now()) else 0,
    )


def measure_reconcile() -> Iterable[Metric]:
    """One query: the latest comparison with Stripe that ended and could mend."""
    run = last_reconcile()
    yield gauge(
        "lumira_reconcile_last_run_timestamp_seconds",
        "When our books were last compared with Stripe's; no line before the first.",
        run.finished_at.timestamp() if run and run.finished_at else None,
    )
    yield gauge(
        "lumira_reconcile_mended",
        "What the last run found and mended.",
        len(run.mended) if run else 0,
    )
    yield gauge(
        "lumira_reconcile_drift_left",
        "What the last run found and could not mend.",
        len(run.left) if run else 0,
    )
    yield gauge(
        "lumira_reconcile_problems",
        "What the last run could not look at.",
        len(run.problems) if run else 0,
    )


def measure_disputes() -> Iterable[Metric]:
    """Two queries, of what waits for us."""
    moment = now()
    late, soon = Q(due_by__lt=moment), Q(due_by__lt=moment + REMIND_BEFORE)
    found = Dispute.objects.filter(status__in=WAITS_FOR_US).aggregate(
        all=Count("pk"), late=Count("pk", filter=late), soon=Count("pk", filter=soon)
    )
    yield gauges(
        "lumira_disputes_to_answer",
        f"Disputes that wait for our answer; soon: {REMIND_BEFORE} or less.",
        ("due",),
        {
            ("late",): found["late"],
            ("soon",): found["soon"] - found["late"],
            ("later",): found["all"] - found["soon"],
        },
    )
    yield gauge(
        "lumira_fraud_warnings_to_act_on",
        "Early fraud warnings that a refund can still answer.",
        FraudWarning.objects.filter(actionable=True).count(),
    )


def measure_subscriptions() -> Iterable[Metric]:
    """One query, without those that have ended: of these there are ever more."""
    alive = sorted(set(SubscriptionStatus) - ENDED_SUBSCRIPTION)
    rows = (
        Subscription.objects.filter(status__in=alive)
        .values("status")
        .annotate(number=Count("pk"))
        .order_by()
    )
    numbers = {row["status"]: row["number"] for row in rows}
    yield gauges(
        "lumira_subscriptions",
        "Subscriptions that have not ended, by state.",
        ("status",),
        {(status.value,): numbers.get(status.value, 0) for status in alive},
    )
