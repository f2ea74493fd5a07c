"""A second person's decision on one named revision."""

from django.utils.timezone import now

from lumira.accounts.models import User
from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.outbox.announcing import announce
from orders.actions.deliver import mail_key
from orders.actions.work_rules import (
    AlreadyDecided,
    OwnReading,
    ReadingChanged,
    WorkRefused,
    WrongState,
    latest_reading,
    refuse_unless,
    taken_up,
    work_under_way,
)
from orders.models import Delivery, ExpertReview, Order, Reading, Validation
from orders.status import OrderStatus, ReviewStatus, ValidationStatus


@transactional
def approve_reading(reading: Reading, *, validator: User, notes: str = "") -> bool:
    """This revision goes to the customer; the mail leaves with the change.

    False when this person has approved it already: safe to repeat. Raises a
    WorkRefused.
    """
    order = taken_up(reading.order)
    by = validator.get_username()
    if not _decide(
        order, reading, validator, ValidationStatus.APPROVED, notes=notes.strip()
    ):
        return False
    _change_work(order, status=ReviewStatus.APPROVED)
    note = f"Révision {reading.revision} approuvée."
    order.move_to(OrderStatus.COMPLETED, by=by, note=note, completed_at=now())
    delivery = Delivery.objects.create(order=order, reading=reading)
    announce("reading_ready", key=mail_key(delivery), order_id=str(order.pk))
    _record("reading.approved", order, reading, by=by)
    return True


@transactional
def reject_reading(
    reading: Reading, *, validator: User, reason: str, notes: str = ""
) -> bool:
    """The expert writes another revision; the reason tells them why.

    False when this person has rejected it already: safe to repeat. Raises a
    WorkRefused.
    """
    if not reason.strip():
        raise WorkRefused("Dites pourquoi la lecture est refusée.")
    order = taken_up(reading.order)
    by = validator.get_username()
    if not _decide(
        order,
        reading,
        validator,
        ValidationStatus.REJECTED,
        notes=notes.strip(),
        rejection_reason=reason.strip(),
    ):
        return False
    work = work_under_way(order)
    if work:
        _change_work(
            order,
            status=ReviewStatus.REVISION_NEEDED,
            revision_count=work.revision_count + 1,
        )
        announce(
            "reading_rejected",
            key=f"reading_rejected:{reading.pk}",
            order_id=str(order.pk),
            review_id=str(work.pk),
        )
    # The reason may quote the customer: it stays on the validation.
    note = f"Révision {reading.revision} refusée."
    order.move_to(OrderStatus.PROCESSING, by=by, note=note)
    _record("reading.rejected", order, reading, by=by)
    return True


def _decide(
    order: Order,
    reading: Reading,
    validator: User,
    decision: ValidationStatus,
    **said: str,
) -> bool:
    """Decide what is pending. False when the same person has decided the same."""
    asked = Validation.objects.filter(reading=reading).first()
    if asked and asked.status != ValidationStatus.PENDING:
        if (asked.status, asked.validator_id) == (decision, validator.pk):
            return False
        done = ValidationStatus(asked.status).label.lower()
        raise AlreadyDecided(f"{asked.validator} a déjà décidé : {done}.")
    refuse_unless(order, OrderStatus.AWAITING_VALIDATION)
    if latest_reading(order) != reading:
        raise ReadingChanged("Il y a une révision plus récente que celle-ci.")
    if asked is None:
        raise WrongState("Cette révision n’a pas été remise.")
    work = work_under_way(order)
    at_work = work.expert.user_id if work else None
    if validator.pk in (reading.author_id, at_work):
        raise OwnReading("Personne ne valide sa propre lecture.")
    pending = Validation.objects.filter(pk=asked.pk, status=ValidationStatus.PENDING)
    return bool(
        pending.update(status=decision, validator=validator, validated_at=now(), **said)
    )


def _change_work(order: Order, **changes: object) -> None:
    if work := work_under_way(order):
        ExpertReview.objects.filter(pk=work.pk).update(**changes)


def _record(action: str, order: Order, reading: Reading, *, by: str) -> None:
    record(
        action,
        by=by,
        about=order,
        before={"status": OrderStatus.AWAITING_VALIDATION},
        after={"status": order.status, "revision": reading.revision},
    )
