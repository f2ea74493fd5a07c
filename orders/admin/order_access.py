"""Which orders a person of the staff may see, and how much of the customer."""

from uuid import UUID
from weakref import WeakKeyDictionary

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from lumira.accounts.models import User
from lumira.kit.log_context import note
from orders.models import Expert, Order, ServiceOffer
from orders.status import OrderStatus

# Asked several times while one page is made.
_experts: WeakKeyDictionary[HttpRequest, Expert | None] = WeakKeyDictionary()


def may_see_every_order(request: HttpRequest) -> bool:
    return request.user.has_perm("orders.view_every_order")


def visible_orders(request: HttpRequest) -> QuerySet[Order]:
    """All orders for who may see them; else an expert's own, and what they could claim.

    Found by the expert's id: no engine has to join for it.
    """
    if may_see_every_order(request):
        return Order.objects.all()
    expert = own_expert(request)
    if expert is None:
        return Order.objects.none()
    theirs = Q(expert_id=expert.pk)
    if not expert.is_active or not request.user.has_perm("orders.write_reading"):
        return Order.objects.filter(theirs)
    offered = list(
        ServiceOffer.objects.filter(expert_id=expert.pk).values_list(
            "service_id", flat=True
        )
    )
    claimable = Q(status=OrderStatus.PAID, expert_id=None, service_id__in=offered)
    return Order.objects.filter(theirs | claimable)


def order_or_404(request: HttpRequest, object_id: str) -> Order:
    """The order, if this person may see it. Raises Http404, whatever the reason."""
    try:
        key = UUID(object_id)
    except ValueError:
        raise Http404 from None
    order = visible_orders(request).filter(pk=key).defer("intake").first()
    if order is None:
        raise Http404
    note(**order.log_facts)
    return order


def own_expert(request: HttpRequest) -> Expert | None:
    """The expert that this person is, if any. One query in a request."""
    if request not in _experts:
        user = request.user
        _experts[request] = (
            None
            if isinstance(user, AnonymousUser)
            else Expert.objects.filter(user=user).first()
        )
    return _experts[request]


def staff_user(request: HttpRequest) -> User:
    """Who is logged in; the admin lets nobody else come this far."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user
