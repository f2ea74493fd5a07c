"""A real customer was held up: let them pay now, and write down who decided it."""

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.limits.brake import release_brake
from lumira.limits.lifting import forget_tries
from lumira.limits.subjects import subjects
from orders.models import Order
from payments.defence.declines import who_pays


@transactional
def lift_limits(order: Order, *, by: str) -> bool:
    """Its pause, and all that was counted for its buyer's address and network.

    False when nothing was counted: a repeat changes nothing.
    """
    buyer = {**who_pays(order), **subjects(person=order.email)}
    if not forget_tries(buyer):
        return False
    record("limits.lifted", by=by, about=order)
    return True


@transactional
def lift_brake(*, by: str) -> bool:
    """What looks like an attack were customers. False when the brake was off.

    If it goes on as before, it is pulled again.
    """
    if not release_brake():
        return False
    record("limits.brake_lifted", by=by)
    return True
