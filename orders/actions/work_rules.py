"""What every piece of work on an order begins with, and why it may be refused."""

from django.utils.timezone import now

from orders.models import ExpertReview, Order, Reading
from orders.status import UNDER_WAY, OrderStatus


class WorkRefused(Exception):
    """Nothing was changed. The text says why, to the staff. One subclass per reason."""


class NotPaid(WorkRefused):
    """Nobody works for nothing."""


class Refunded(WorkRefused):
    """The money went back to the customer."""


class OnHold(WorkRefused):
    """A dispute, a suspicion of fraud, or books that disagree."""


class WrongState(WorkRefused):
    """The order is not where this work belongs."""


class AlreadyTaken(WorkRefused):
    """Another expert has the order in hand."""


class WrongExpert(WorkRefused):
    """Not active, without this service, or not the one the customer chose."""


class NotTheirWork(WorkRefused):
    """Only the expert at work writes and submits."""


class ReadingChanged(WorkRefused):
    """There is a later revision than the one that was looked at."""


class OwnReading(WorkRefused):
    """Nobody validates what they wrote."""


class AlreadyDecided(WorkRefused):
    """The decision on this revision was taken, and was another or somebody else's."""


S = OrderStatus
# Why an order that is in this state is not to be worked on now.
ELSEWHERE: dict[str, tuple[type[WorkRefused], str]] = {
    S.PENDING: (NotPaid, "Cette commande n’est pas payée."),
    S.FAILED: (NotPaid, "Cette commande n’est pas payée."),
    S.PAID: (WrongState, "Cette commande n’est pas encore attribuée."),
    S.PROCESSING: (WrongState, "Cette commande est en préparation."),
    S.AWAITING_VALIDATION: (WrongState, "La lecture est en cours de validation."),
    S.COMPLETED: (WrongState, "La lecture est déjà approuvée."),
    S.REFUNDED: (Refunded, "Cette commande est remboursée."),
}


def taken_up(order: Order) -> Order:
    """The order as it is now, and as it stays until our transaction ends.

    Call it first: of two people at once, one waits here, or runs again.
    """
    Order.objects.filter(pk=order.pk).update(updated_at=now())
    return Order.objects.get(pk=order.pk)


def refuse_unless(order: Order, *statuses: OrderStatus) -> None:
    """Raises the WorkRefused that tells why this order is not to be worked on."""
    if order.status not in statuses:
        refusal, sentence = ELSEWHERE[order.status]
        raise refusal(sentence)
    if order.is_on_hold:
        raise OnHold("Cette commande est bloquée : personne n’y travaille.")


def work_under_way(order: Order) -> ExpertReview | None:
    """The work of the expert who has the order in hand, if anybody has."""
    return order.reviews.filter(status__in=UNDER_WAY).first()


def latest_reading(order: Order) -> Reading | None:
    return order.readings.order_by("-revision").first()
