"""Freeze an order, and let it go on."""

from collections.abc import Collection

from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from orders.actions.deliver import mail_after_all
from orders.models import Order, OrderHold
from orders.models.history import write_history
from orders.models.hold import HoldReason


@transactional
def place_hold(
    order: Order, *, reason: HoldReason, about: str, by: str, again: bool = False
) -> bool:
    """Stop work and delivery for this cause. True for the call that did.

    Safe to repeat, even after a release: one cause freezes an order once, unless it
    is said to have come back (`again`).
    """
    # First the order itself: of two causes at once, one waits for the other.
    Order.objects.filter(pk=order.pk).update(updated_at=now())
    cause = OrderHold.objects.filter(order=order, reason=reason, about=about)
    if again and cause.exclude(released_at=None).update(
        placed_at=now(), released_at=None, released_by=""
    ):
        _tell_order(order, by=by, note=f"Bloquée de nouveau : {reason.label} ({about})")
        return True
    if cause.exists():
        return False
    OrderHold.objects.create(order=order, reason=reason, about=about)
    _tell_order(order, by=by, note=f"Bloquée : {reason.label} ({about})")
    return True


@transactional
def release_hold(
    order: Order, *, reason: HoldReason, about: str, by: str, note: str = ""
) -> bool:
    """The cause is gone. The order goes on once no other is left. Safe to repeat."""
    Order.objects.filter(pk=order.pk).update(updated_at=now())
    cause = OrderHold.objects.filter(
        order=order, reason=reason, about=about, released_at=None
    )
    if not cause.update(released_at=now(), released_by=by):
        return False
    said = f"Débloquée : {reason.label} ({about}). {note}".strip()
    _tell_order(order, by=by, note=said)
    mail_after_all(order)
    return True


@transactional
def release_all_holds(
    order: Order, *, by: str, note: str, seen: Collection[str] | None = None
) -> None:
    """A person has looked, and says why the order goes on. Safe to repeat.

    `seen` are the marks of the holds they looked at: one that came since stays.
    """
    Order.objects.filter(pk=order.pk).update(updated_at=now())
    released = []
    for hold in order.holds.filter(released_at=None):
        if seen is not None and hold.mark not in seen:
            continue
        reason = HoldReason(hold.reason)
        if release_hold(order, reason=reason, about=hold.about, by=by, note=note):
            released.append(f"{reason} {hold.about}")
    if released:
        # Not the note: it may name the customer, and the history has it.
        record("order.released", by=by, about=order, before={"holds": released})


def _tell_order(order: Order, *, by: str, note: str) -> None:
    is_on_hold = order.holds.filter(released_at=None).exists()
    Order.objects.filter(pk=order.pk).update(is_on_hold=is_on_hold)
    order.refresh_from_db(fields=["is_on_hold", "status"])
    write_history(order, before=order.status, after=order.status, by=by, note=note)
