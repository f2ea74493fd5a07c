from django.utils.timezone import now

from lumira.kit.db import transactional
from orders.models import Order
from orders.models.history import write_history


@transactional
def refuse_reminders(order: Order) -> bool:
    """The customer wants no more letters about this order, as long as it is unpaid.

    True for the call that noted it; safe to repeat.
    """
    willing = Order.objects.filter(pk=order.pk, reminders_refused_at=None, erasure=None)
    if not willing.update(reminders_refused_at=now(), follow_up_at=None):
        return False
    order.refresh_from_db(fields=["status", "reminders_refused_at"])
    note = "Ne veut plus de rappel pour cette commande."
    write_history(
        order, before=order.status, after=order.status, by="customer", note=note
    )
    return True
