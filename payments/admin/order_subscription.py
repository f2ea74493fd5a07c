"""What an order's page tells of the subscription that it began, or is a period of."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.readonly_admin import short_moment
from orders.admin.order_facts import Fact, add_fact_source
from orders.admin.order_moments import actor
from orders.admin.timeline import Moment, add_timeline_source
from orders.models import Order
from payments.admin.badges import SUBSCRIPTION_COLOURS
from payments.models import Subscription
from payments.status import ENDED_SUBSCRIPTION, SubscriptionStatus
from payments.subscription_state import NEVER_BEGAN
from payments.subscriptions.terms import price_of


@add_fact_source
def subscription_facts(order: Order, request: HttpRequest) -> Iterator[Fact]:
    """Its price, how it stands, and the way to its page. Two queries."""
    one = _subscription_of(order, request)
    if one is None:
        return
    status = SubscriptionStatus(one.status)
    said = [str(status.label)]
    if one.status not in ENDED_SUBSCRIPTION and one.period_end:
        word = "s’arrête le" if one.stops_at_period_end else "échéance le"
        said.append(f"{word} {short_moment(one.period_end)}")
    colour = SUBSCRIPTION_COLOURS[status]
    yield Fact(
        "Abonnement",
        price_of(one),
        detail=", ".join(said),
        tone=colour if colour == "danger" else "",
        url=_page(one),
    )


@add_timeline_source
def subscription_moments(order: Order, request: HttpRequest) -> Iterator[Moment]:
    """What happened to it, on the page of the order it began with."""
    one = _subscription_of(order, request)
    if one is None:
        return
    if one.first_order_id != order.pk:
        yield Moment(
            order.created_at,
            "Période de l’abonnement",
            f"Commencé avec {one.order_number}",
            url=_page(one),
        )
        return
    for event in one.events.all():
        yield Moment(
            event.at,
            f"Abonnement : {str(SubscriptionStatus(event.status).label).lower()}",
            event.note,
            by="Stripe" if event.by == "stripe" else actor(event.by),
            url=_page(one),
        )


def _subscription_of(order: Order, request: HttpRequest) -> Subscription | None:
    """The one it began or belongs to; of several tries, that which came to be."""
    if not request.user.has_perm("payments.view_subscription"):
        return None
    begun = Subscription.objects.filter(first_order_id=order.renews_id or order.pk)
    rows = list(begun.prefetch_related("price").order_by("-created_at"))
    came_to_be = [row for row in rows if row.status not in NEVER_BEGAN]
    return next(iter(came_to_be or rows), None)


def _page(one: Subscription) -> str:
    return reverse("admin:payments_subscription_change", args=[one.pk])
