"""Keep every event once, and act on it until that works.

An event's effect and its ledger row are saved together: whatever moment the
process dies at, either both are there or neither, and Stripe sends it again.
"""

import logging
from typing import Any

from django.db import IntegrityError
from django.db.models import F, QuerySet
from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import note
from lumira.kit.prepared import prepared
from lumira.kit.prepared_writes import insert
from payments.alerts import raise_alert
from payments.gateway import WebhookEvent, is_live
from payments.metrics.counters import (
    DUPLICATE,
    FAILED,
    UNKNOWN,
    event_handled,
    event_turned_away,
)
from payments.models import ProcessedEvent
from payments.webhooks.registry import Change, Outcome, handler_for, is_acted_on

logger = logging.getLogger(__name__)


def receive(event: WebhookEvent) -> bool:
    """Act on a verified event. False if that was done before: a duplicate.

    Whatever goes wrong is kept on the ledger row and raised again, so that the
    caller answers 500 and Stripe repeats the event (for three days).
    """
    # Not only in here: whoever called tells of its failure.
    note(**event.log_facts)
    kind = event.type if is_acted_on(event.type) else UNKNOWN
    is_known, is_processed = _look_up(event)
    if is_processed:
        event_turned_away(kind, DUPLICATE)
        return False
    try:
        outcome = _process(event, _change_for(event), is_known=is_known)
    except IntegrityError:
        # The same event, delivered twice at once: the other delivery was faster.
        if _look_up(event)[1]:
            event_turned_away(kind, DUPLICATE)
            return False
        event_turned_away(kind, FAILED)
        _keep_failure(event, "IntegrityError")
        raise
    except Exception as error:
        event_turned_away(kind, FAILED)
        _keep_failure(event, type(error).__name__)
        raise
    event_handled(kind, outcome, event.created_at)
    return True


def _look_up(event: WebhookEvent) -> tuple[bool, bool]:
    """Whether we have met it before, and whether it was acted upon."""
    found = _processed(event.event_id)
    return bool(found), any(found)


@prepared
def _processed(event_id: str) -> QuerySet[ProcessedEvent, bool]:
    row = ProcessedEvent.objects.filter(pk=event_id)
    return row.values_list("processed", flat=True)


def _change_for(event: WebhookEvent) -> Change:
    if event.livemode != is_live():
        return lambda: _refuse_mode(event)
    if is_acted_on(event.type) and not event.object_id:
        # Asked for an object without a name, Stripe would list all of them.
        raise ValueError("An event about nothing.")
    return handler_for(event.type)(event)


def _refuse_mode(event: WebhookEvent) -> Outcome:
    raise_alert("wrong_mode", about=event.event_id, type=event.type)
    return Outcome.REFUSED


@transactional
def _process(event: WebhookEvent, change: Change, *, is_known: bool) -> Outcome:
    """Claim the event and make its change, or neither."""
    moment = now()
    claim = {
        "processed": True,
        "processed_at": moment,
        "last_error": "",
        "outcome": Outcome.APPLIED,  # as a rule: then this is the last of it
    }
    if not is_known or not _claim_again(event, claim):
        # IntegrityError here: another delivery has it. It leaves the transaction.
        insert(ProcessedEvent(**_facts(event), **claim, received_at=moment, attempts=1))
    outcome = change()
    if outcome != Outcome.APPLIED:
        ProcessedEvent.objects.filter(pk=event.event_id).update(outcome=outcome)
    logger.info("Event %s %s: %s", event.event_id, event.type, outcome)
    return outcome


def _claim_again(event: WebhookEvent, claim: dict[str, Any]) -> bool:
    """False if another delivery has it, or it was never here after all."""
    waiting = ProcessedEvent.objects.filter(pk=event.event_id, processed=False)
    return bool(waiting.update(**claim, attempts=F("attempts") + 1))


def _keep_failure(event: WebhookEvent, problem: str) -> None:
    """Note a failed try, in a transaction of its own: the other one is gone."""
    row = ProcessedEvent.objects.filter(pk=event.event_id, processed=False)
    failure = {"attempts": F("attempts") + 1, "last_error": problem}
    if row.update(**failure):
        return
    try:
        ProcessedEvent.objects.create(**_facts(event), attempts=1, last_error=problem)
    except IntegrityError:
        row.update(**failure)


def _facts(event: WebhookEvent) -> dict[str, str | bool]:
    return {
        "event_id": event.event_id,
        "type": event.type[:80],
        "object_id": event.object_id[:255],
        "livemode": event.livemode,
        "api_version": event.api_version[:40],
    }
