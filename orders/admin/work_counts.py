"""How much waits for the person who looks: in the menu, and on the work page."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from django.http import HttpRequest

from orders.admin.order_access import visible_orders
from orders.work_queues import Queue, counts

# Asked by every entry of the menu, and counted once in a request.
_counts: WeakKeyDictionary[HttpRequest, dict[Queue, int]] = WeakKeyDictionary()


def work_counts(request: HttpRequest) -> dict[Queue, int]:
    """Of the orders this person may see."""
    if request not in _counts:
        _counts[request] = counts(visible_orders(request))
    return _counts[request]


def _count_of(queue: Queue) -> Callable[[HttpRequest], int]:
    return lambda request: work_counts(request)[queue]


# What UNFOLD["SIDEBAR"] in lumira/settings/admin.py names.
to_assign = _count_of(Queue.TO_ASSIGN)
in_progress = _count_of(Queue.IN_PROGRESS)
to_validate = _count_of(Queue.TO_VALIDATE)
to_deliver = _count_of(Queue.TO_DELIVER)
late = _count_of(Queue.LATE)
