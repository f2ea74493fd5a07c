"""Events that Stripe could not deliver, and events that failed here."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from payments.gateway import NotFound, WebhookEvent, gateway
from payments.models import ProcessedEvent
from payments.reconcile.drift import Drift
from payments.webhooks import inbox


def survey_undelivered_events(since: datetime) -> Iterator[Drift]:
    """What Stripe still tries to deliver, oldest first, and we have not processed."""
    events = list(gateway().undelivered_events(since))
    for event in reversed(events):
        if not _is_processed(event.event_id):
            yield _drift(event, ours="not received")


def survey_failed_events(since: datetime) -> Iterator[Drift]:
    """What reached us and failed, and Stripe no longer repeats or has not yet."""
    failed = ProcessedEvent.objects.filter(processed=False, received_at__gte=since)
    for row in failed.order_by("received_at"):
        try:
            event = gateway().fetch_event(row.event_id)
        except NotFound:
            continue
        if not _is_processed(event.event_id):
            yield _drift(event, ours=f"failed {row.attempts} times: {row.last_error}")


def _is_processed(event_id: str) -> bool:
    return ProcessedEvent.objects.filter(pk=event_id, processed=True).exists()


def _drift(event: WebhookEvent, *, ours: str) -> Drift:
    return Drift(
        kind="event",
        about=event.event_id,
        order="",
        ours=ours,
        stripes=event.type,
        mend=partial(_receive, event),
    )


def _receive(event: WebhookEvent) -> None:
    inbox.receive(event)
