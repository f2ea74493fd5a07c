"""Hand a revision in: from now on a second person decides."""

from django.db import IntegrityError
from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from orders.actions.work_rules import (
    AlreadyDecided,
    NotTheirWork,
    ReadingChanged,
    latest_reading,
    refuse_unless,
    taken_up,
    work_under_way,
)
from orders.models import ExpertReview, Reading, Validation
from orders.status import OrderStatus, ValidationStatus


def submit_reading(reading: Reading, *, by: str) -> bool:
    """Ask for the validation of the latest revision, by its author alone.

    False when it waits for its decision already: safe to repeat. Raises a
    WorkRefused.
    """
    try:
        return _save(reading, by=by)
    except IntegrityError:
        # one_decision_per_revision: the same click, twice at once. Look again.
        return _save(reading, by=by)


@transactional
def _save(reading: Reading, *, by: str) -> bool:
    order = taken_up(reading.order)
    asked = Validation.objects.filter(reading=reading).first()
    if asked and asked.status == ValidationStatus.PENDING:
        return False
    refuse_unless(order, OrderStatus.PROCESSING)
    if asked:
        raise AlreadyDecided("Cette révision a été refusée : écrivez-en une autre.")
    if latest_reading(order) != reading:
        raise ReadingChanged("Il y a une révision plus récente que celle-ci.")
    work = work_under_way(order)
    if work is None or work.expert.user_id != reading.author_id:
        raise NotTheirWork("Cette révision n’est pas de l’expert qui a la commande.")
    if reading.author.get_username() != by:
        raise NotTheirWork("Seul l’expert qui a la commande remet sa lecture.")

    Validation.objects.create(reading=reading)
    ExpertReview.objects.filter(pk=work.pk).update(reviewed_at=now())
    note = f"Révision {reading.revision} à valider."
    order.move_to(OrderStatus.AWAITING_VALIDATION, by=by, note=note)
    record(
        "reading.submitted",
        by=by,
        about=order,
        before={"status": OrderStatus.PROCESSING},
        after={"status": order.status, "revision": reading.revision},
    )
    return True
