"""Put an order into an expert's hands."""

from django.db import IntegrityError
from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.outbox.announcing import announce
from orders.actions.work_rules import (
    AlreadyTaken,
    WrongExpert,
    refuse_unless,
    taken_up,
    work_under_way,
)
from orders.models import Expert, ExpertReview, Order
from orders.models.history import write_history
from orders.status import OrderStatus, ReviewStatus


def assign_order(order: Order, *, to: Expert, by: str, note: str = "") -> bool:
    """Give the order to an expert, or to another one while it is being prepared.

    False when they have it already: safe to repeat. Raises a WorkRefused.
    `order` is what the person saw: who comes second, with a copy that is older than
    somebody else's assignment, gets AlreadyTaken instead of taking it away.
    """
    return _hand_over(order, to, by=by, note=note, is_claim=False)


def claim_order(order: Order, *, expert: Expert, by: str) -> bool:
    """An expert takes a paid order that names them, or nobody.

    False when they have it already: safe to repeat. Raises a WorkRefused.
    """
    return _hand_over(order, expert, by=by, note="", is_claim=True)


def _hand_over(order: Order, to: Expert, *, by: str, note: str, is_claim: bool) -> bool:
    try:
        return _save(order, to, by=by, note=note, is_claim=is_claim)
    except IntegrityError:
        # one_expert_at_work_per_order: somebody was faster after all.
        raise AlreadyTaken("Quelqu’un d’autre l’a déjà.") from None


@transactional
def _save(seen: Order, to: Expert, *, by: str, note: str, is_claim: bool) -> bool:
    order = taken_up(seen)
    work = work_under_way(order)
    if work and work.expert_id == to.pk:
        return False
    _refuse_takeover(order, seen, work, is_claim=is_claim)
    is_new = order.status == OrderStatus.PAID
    if is_claim:
        refuse_unless(order, OrderStatus.PAID)
        if order.expert_id not in (None, to.pk):
            raise WrongExpert(f"Cette commande est pour {order.expert}.")
    else:
        refuse_unless(order, OrderStatus.PAID, OrderStatus.PROCESSING)
    _refuse_expert(to, order)

    before = {"status": order.status, "expert": _slug(order.expert)}
    said = f"{'Prise par' if is_claim else 'Confiée à'} {to}. {note}".strip()
    if is_new:
        order.move_to(OrderStatus.PROCESSING, by=by, note=said)
    else:
        _note(order, by=by, note=said)
    if work:
        _end(work, said)
    Order.objects.filter(pk=order.pk).update(expert=to)
    review = ExpertReview.objects.create(order=order, expert=to, assigned_at=now())
    if not is_claim:
        announce(
            "order_assigned",
            key=f"order_assigned:{review.pk}",
            order_id=str(order.pk),
            review_id=str(review.pk),
        )
    record(
        "order.claimed" if is_claim else "order.assigned",
        by=by,
        about=order,
        before=before,
        after={"status": order.status, "expert": to.slug},
    )
    return True


def _refuse_takeover(
    order: Order, seen: Order, work: ExpertReview | None, *, is_claim: bool
) -> None:
    if work is None or order.status != OrderStatus.PROCESSING:
        return
    is_news = (seen.status, seen.expert_id) != (order.status, work.expert_id)
    if is_claim or is_news:
        raise AlreadyTaken(f"{work.expert} l’a déjà.")


def _refuse_expert(expert: Expert, order: Order) -> None:
    current = Expert.objects.get(pk=expert.pk)
    if not current.is_active:
        raise WrongExpert(f"{current} n’est plus actif.")
    if not current.offers_service(order.service):
        raise WrongExpert(f"{current} ne propose pas {order.service}.")


def _end(work: ExpertReview, note: str) -> None:
    """Another one goes on. What was written stays, under its author's name."""
    ExpertReview.objects.filter(pk=work.pk).update(
        status=ReviewStatus.REJECTED, notes=f"{work.notes}\n{note}".strip()
    )


def _note(order: Order, *, by: str, note: str) -> None:
    write_history(order, before=order.status, after=order.status, by=by, note=note)


def _slug(expert: Expert | None) -> str:
    return expert.slug if expert else ""
