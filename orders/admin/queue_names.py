"""What a queue is called for the person who looks at it."""

from django.http import HttpRequest

from orders.work_queues import Queue

TO_TAKE = "À prendre"


def only_takes(request: HttpRequest) -> bool:
    """An expert takes an order themselves; they hand none to anybody."""
    may = request.user.has_perm
    return may("orders.write_reading") and not may("orders.assign_order")


def queue_name(queue: Queue, request: HttpRequest) -> str:
    if queue == Queue.TO_ASSIGN and only_takes(request):
        return TO_TAKE
    return str(queue.label)


# Of the menu: lumira/settings/admin.py names them.
def is_to_take(request: HttpRequest) -> bool:
    return request.user.has_perm("orders.view_order") and only_takes(request)


def is_to_assign(request: HttpRequest) -> bool:
    return request.user.has_perm("orders.view_order") and not only_takes(request)
