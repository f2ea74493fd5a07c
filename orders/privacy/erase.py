"""Forget a person, and keep the books."""

import logging

from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.freed_space import wipe_freed_space
from lumira.outbox.announcing import announce
from lumira.outbox.topics import Payload, delivers
from orders.models import Erasure, Order
from orders.models.erasure import ErasureReason
from orders.privacy.anonymise import anonymise
from orders.privacy.files import forget_attachments, forget_pictures
from orders.privacy.floors import floors
from orders.privacy.obstacles import obstacles
from orders.privacy.person import Person
from orders.privacy.retention import NotAllForgotten

FINISH = "finish_erasure"
logger = logging.getLogger(__name__)


class ErasureRefused(Exception):
    """Nothing was erased. `obstacles` say in French what is open, and what to do."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(f"{len(found)} open")
        self.obstacles = found


def erase(person: Person, *, by: str, reason: ErasureReason) -> Erasure:
    """Take a person out of everything but the ledger. Safe to repeat.

    What can be closed (a payment nobody made) is closed first. Then the books change
    in one transaction, and what is outside of them (files, the payment provider) is
    forgotten by the worker, which goes on until it is done. Raises ErasureRefused.
    """
    if earlier := _earlier(person):
        return earlier
    for floor in floors():
        floor.close(person, by=by)
    return _save(person, by=by, reason=reason)


@transactional
def _save(person: Person, *, by: str, reason: ErasureReason) -> Erasure:
    mine = Order.objects.filter(pk__in=person.order_ids, erasure=None)
    # Written first: of this and a payment that begins, one waits for the other.
    mine.update(updated_at=now())
    if earlier := _earlier(person):
        return earlier
    if found := obstacles(person):
        raise ErasureRefused(found)
    erasure = take_out(person, by=by, reason=reason)
    record("customer.erased", by=by, about=erasure, after={"reason": reason})
    return erasure


@transactional
def take_out(person: Person, *, by: str, reason: ErasureReason) -> Erasure:
    """The books' part. The caller has seen, in the same transaction, that it may."""
    erasure = Erasure.objects.create(by=by, reason=reason)
    counts = anonymise(person.order_ids, erasure, by=by)
    for floor in floors():
        counts |= floor.erase(person, erasure)
    Erasure.objects.filter(pk=erasure.pk).update(counts=counts)
    erasure.counts = counts
    announce(FINISH, key=f"{FINISH}:{erasure.pk}", erasure_id=str(erasure.pk))
    return erasure


@delivers(FINISH)
def finish_erasure(payload: Payload) -> None:
    """Files, and what other floors keep outside. Safe to stop and repeat.

    Raises what keeps it from being done, so that the outbox tries again.
    """
    erasure = Erasure.objects.get(pk=payload["erasure_id"])
    _forget_files(erasure)
    for floor in floors():
        floor.finish()
    _note_end([erasure])


def finish_all() -> None:
    """What the outbox gave up, and what only came to light afterwards. Safe to repeat.

    One step that fails does not keep the others: raises NotAllForgotten at the end.
    """
    # Before the floors: what is erased meanwhile has its own message.
    left = list(Erasure.objects.filter(finished_at=None).order_by("at"))
    failed = []
    for floor in floors():
        try:
            floor.finish()
        except Exception as error:
            failed.append(_said(type(floor).__name__, error))
    has_left_outside = bool(failed)
    done = []
    for erasure in left:
        try:
            _forget_files(erasure)
        except Exception as error:
            failed.append(_said(f"erasure {erasure.pk}", error))
        else:
            done.append(erasure)
    if done and not has_left_outside:
        _note_end(done)
    if failed:
        raise NotAllForgotten("; ".join(failed))


def _forget_files(erasure: Erasure) -> None:
    orders = list(erasure.orders.values_list("pk", flat=True))
    forget_pictures(orders)
    forget_attachments(orders)


def _note_end(erasures: list[Erasure]) -> None:
    wipe_freed_space()
    done = Erasure.objects.filter(pk__in=[one.pk for one in erasures])
    done.filter(finished_at=None).update(finished_at=now())


def _said(what: str, error: Exception) -> str:
    """Without its text, which may quote a row."""
    logger.error("Could not finish %s: %s", what, type(error).__name__)
    return f"{what} ({type(error).__name__})"


def _earlier(person: Person) -> Erasure | None:
    """The erasure of these orders, if all of them are erased."""
    if not person.order_ids:
        return None
    orders = Order.objects.filter(pk__in=person.order_ids)
    if orders.filter(erasure=None).exists():
        return None
    one = orders.first()
    return one.erasure if one else None
