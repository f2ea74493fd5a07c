"""Write into the journal who did what. `manage.py audit_verify` checks it."""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import F, Model
from django.utils.timezone import now

from lumira.audit.chain import plain, seal_head, sign_entry
from lumira.audit.models import AuditEntry, AuditHead
from lumira.kit.db import transactional

logger = logging.getLogger(__name__)


class HeadMadeMeanwhile(Exception):
    """Somebody else began the chain at the same moment."""

    # What lumira.kit.db knows as "run the transaction again": it will succeed.
    sqlstate = "40001"


@transactional
def record(
    action: str,
    *,
    by: str,
    about: Model | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry, in the transaction of the change it tells of.

    Call it inside that transaction, so that both are saved or neither. `action` is
    a dotted word like "order.assigned"; `by` is the username. Values are ids,
    states, sums and short texts: nothing personal about a customer. A repeat is a
    second entry: call it only where something changed.
    """
    head = _next_head()
    # A microsecond would not come back from every engine as it was signed.
    at = now()
    entry = AuditEntry(
        sequence=head.sequence,
        at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        by=by,
        action=action,
        about_type=about._meta.label_lower if about else "",
        about_id=str(about.pk) if about else "",
        before=plain(before),
        after=plain(after),
        previous=head.hash,
    )
    sign_entry(entry)
    entry.save()
    # Who it was says the request's `actor`; the journal has the rest.
    logger.info("Journal %s: %s", entry.sequence, action)
    key_id, seal = seal_head(entry.sequence, entry.hash)
    AuditHead.objects.filter(pk=head.pk).update(
        hash=entry.hash, seal=seal, key_id=key_id
    )


def make_head() -> None:
    """Begin the chain, or go on after its last entry.

    A head that was lost leaves a hole of one number, which `audit_verify` reports:
    the staff's work goes on, and the loss is not forgotten.
    """
    last = AuditEntry.objects.order_by("-sequence").first()
    sequence = last.sequence + 1 if last else 0
    key_id, seal = seal_head(sequence, "")
    try:
        AuditHead.objects.create(sequence=sequence, seal=seal, key_id=key_id)
    except IntegrityError as error:
        raise HeadMadeMeanwhile from error


def _next_head() -> AuditHead:
    """The head, moved on by one. Whoever comes next waits for our transaction."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY)
    # Written before it is read: on PostgreSQL this is what makes the other wait.
    if not head.update(sequence=F("sequence") + 1):
        make_head()
        head.update(sequence=F("sequence") + 1)
    return head.get()
