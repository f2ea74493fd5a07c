"""When nobody is written to about an order that is not paid.

Anybody can type anybody's address. So a letter goes out only where it may be of use
to a person who left; whatever speaks against it ends the letters of the order.
"""

from collections.abc import Iterator

from lumira.limits.brake import brake_is_on
from lumira.limits.rests import has_rested
from orders.models import Order
from orders.status import UNPAID
from payments.defence.declines import who_pays
from payments.models import Payment
from payments.status import PaymentStatus

# Money has come, or is on its way: the bank is at it, or our books are not right.
ON_ITS_WAY = (PaymentStatus.PROCESSING, PaymentStatus.COMPLETED)


def why_silent(order: Order) -> str:
    """The first reason not to write, for the log; "" if there is none."""
    return next(_reasons(order), "")


def _reasons(order: Order) -> Iterator[str]:
    if not order.email or order.renews_id:  # of an erased customer nothing is left
        yield "nobody to write to"
    if order.status not in UNPAID:
        yield "paid"
    if order.is_on_hold:
        yield "on hold"
    if order.reminders_refused_at:
        yield "refused"
    if order.payments.filter(status__in=ON_ITS_WAY).exists():
        yield "money on its way"
    yield from _other_orders(order)
    if brake_is_on() or has_rested(who_pays(order)):
        yield "card testing"


def _other_orders(order: Order) -> Iterator[str]:
    """The same address: who paid another order since has chosen, who began one is
    written to about the newest, and a no was meant for all of them."""
    others = Order.objects.filter(email=order.email, erasure=None).exclude(pk=order.pk)
    if others.exclude(reminders_refused_at=None).exists():
        yield "refused"
    if others.filter(paid_at__gte=order.created_at).exists():
        yield "paid another"
    unpaid = others.filter(status__in=sorted(UNPAID))
    if unpaid.filter(created_at__gt=order.created_at).exists():
        yield "a newer order"
    ids = list(unpaid.values_list("pk", flat=True))
    if Payment.objects.filter(order_id__in=ids, status__in=ON_ITS_WAY).exists():
        yield "paid another"
