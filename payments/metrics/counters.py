"""What happens to the money, counted when it happened and was saved.

Counters begin at nothing when the processes start; they say how fast things happen.
How many there were is measured in the database (measures.py), which forgets nothing.
"""

from datetime import datetime

from django.utils.timezone import now

from lumira.kit.metrics.counting import (
    counter,
    harmless,
    histogram,
    once_saved,
)
from payments.failure_messages import MESSAGES
from payments.status import PaymentStatus

# A code that Stripe has invented since is another line for everybody's eyes, and
# must not become another line for each that follows.
UNKNOWN = "other"
DUPLICATE, FAILED, BAD_SIGNATURE = "duplicate", "failed", "bad_signature"

_checkouts = counter(
    "lumira_checkouts_begun",
    "Attempts to collect the price of an order that were begun.",
    "kind",
)
_payments = counter(
    "lumira_payments",
    "Attempts that came to this state. One may be refused and collected later.",
    "outcome",
)
_failures = counter(
    "lumira_payment_failures",
    "Attempts that were refused, by Stripe's code.",
    "code",
)
_events = counter(
    "lumira_webhook_events",
    "Events by what came of them, whether Stripe posted them or we fetched them.",
    "type",
    "outcome",
)
_lag = histogram(
    "lumira_webhook_lag_seconds",
    "From the moment that Stripe made an event to its effect here.",
    buckets=(1, 2, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400),
)

# Known before they happen: without a zero the first one would be no change.
for _kind in ("once", "subscription"):
    _checkouts.labels(_kind)
for _status in PaymentStatus:
    if _status != PaymentStatus.PENDING:  # where they begin
        _payments.labels(_status)
_events.labels(UNKNOWN, BAD_SIGNATURE)


@harmless
def checkout_begun(*, is_subscription: bool) -> None:
    once_saved(_checkouts.labels("subscription" if is_subscription else "once").inc)


@harmless
def payment_came_to(status: PaymentStatus) -> None:
    if status != PaymentStatus.PENDING:
        once_saved(_payments.labels(status).inc)


@harmless
def payment_refused(failure_code: str, decline_code: str) -> None:
    once_saved(_failures.labels(known_code(failure_code, decline_code)).inc)


@harmless
def event_handled(kind: str, outcome: str, created_at: datetime | None) -> None:
    """`kind` is a type that we act on, or UNKNOWN."""
    _events.labels(kind, outcome).inc()
    if created_at:
        # Two clocks: an event is not handled before it was made.
        _lag.observe(max(0.0, (now() - created_at).total_seconds()))


@harmless
def event_turned_away(kind: str, outcome: str) -> None:
    """Without an effect: a duplicate, a failure that Stripe repeats, a forgery."""
    _events.labels(kind, outcome).inc()


def known_code(failure_code: str, decline_code: str = "") -> str:
    """One of the codes we have a sentence for; the decline code knows better."""
    for code in (decline_code, failure_code):
        if code in MESSAGES:
            return code
    return UNKNOWN
