"""What happens behind the pages: queue, worker, events, reconcile, outbox, alarms."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now
from huey.contrib.djhuey import HUEY

from lumira.health import is_queue_there, worker_seen_ago
from lumira.outbox.models import Message
from payments.alerts.words import words_for
from payments.dashboard.alerts import (
    RECONCILE_SILENCE,
    dead_messages,
    failed_events,
    last_reconcile,
)
from payments.doctor.finding import Finding, ok, warning, wrong
from payments.monitoring.alarms import alarms_in_force

# It says each minute that it is there.
WORKER_SILENCE_S = 150
MAIL_PATIENCE = timedelta(minutes=10)


def check_queue() -> Iterator[Finding]:
    if not is_queue_there():
        yield wrong(
            "queue",
            "cannot be read: nothing that can wait is done",
            "check REDIS_URL, or QUEUE_FILE and its folder's owner.",
        )
        return
    waiting = HUEY.pending_count()
    if waiting > settings.QUEUE_BACKLOG_THRESHOLD:
        yield warning(
            "queue", f"{waiting} tasks wait", "see the worker's log for what is slow."
        )
    else:
        yield ok("queue", f"{waiting} tasks wait")


def check_worker() -> Iterator[Finding]:
    if not is_queue_there():
        return
    ago = worker_seen_ago()
    if ago is None or ago > WORKER_SILENCE_S:
        seen = "was never seen" if ago is None else f"was last seen {ago} s ago"
        yield wrong(
            "worker",
            f"none is at this queue ({seen}): no mail, no reconcile, no alerts",
            "start `manage.py run_huey` with the same REDIS_URL or QUEUE_FILE as here.",
        )
    else:
        yield ok("worker", f"seen {ago} s ago")


def check_events() -> Iterator[Finding]:
    if number := failed_events():
        yield wrong(
            "events",
            f"{number} reached us and failed here",
            "read last_error of each in the admin (Événements Stripe), mend the "
            "cause, then `manage.py replay_event evt_…`.",
        )
    else:
        yield ok("events", "none that reached us is unprocessed")


def check_reconcile() -> Iterator[Finding]:
    run = last_reconcile()
    if run is None:
        yield warning(
            "reconcile",
            "our books were never compared with Stripe's",
            "start the worker, or run `manage.py reconcile`.",
        )
        return
    if now() - run.started_at > RECONCILE_SILENCE:
        yield wrong(
            "reconcile",
            f"the last comparison with Stripe was at {run.started_at:%d/%m %H:%M} UTC",
            "is the worker alive? `manage.py reconcile` does it now.",
        )
    if to_see := len(run.left) + len(run.problems):
        yield wrong(
            "reconcile",
            f"the last comparison left {to_see} things to see",
            "open it in the admin (Rapprochement), or `manage.py reconcile --dry-run`.",
        )
    elif now() - run.started_at <= RECONCILE_SILENCE:
        yield ok("reconcile", "our books agree with Stripe's")


def check_messages() -> Iterator[Finding]:
    dead = dead_messages()
    late = Message.objects.waiting().filter(created_at__lte=now() - MAIL_PATIENCE)
    waiting = late.count()
    if dead:
        yield wrong(
            "outbox",
            f"{dead} messages were given up",
            "mend the cause (last_error in the admin, Messages), then send them again "
            "there.",
        )
    if waiting:
        yield warning(
            "outbox",
            f"{waiting} messages have not gone for ten minutes",
            "see the lines about mail and worker; they go by themselves afterwards.",
        )
    if not dead and not waiting:
        yield ok("outbox", "nothing waits that should have gone")


def check_alarms() -> Iterator[Finding]:
    lasting = alarms_in_force()
    for alarm in lasting:
        yield warning(
            "alarm",
            f"{alarm.name} since {alarm.began_at:%d/%m %H:%M} UTC",
            words_for(alarm.name.partition(":")[0]).to_do,
        )
    if not lasting:
        yield ok("alarms", "none lasts")
