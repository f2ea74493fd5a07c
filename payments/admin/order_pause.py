"""Why a customer says that they cannot pay just now."""

from collections.abc import Iterator

from django.http import HttpRequest

from lumira.kit.readonly_admin import short_moment
from lumira.limits.rests import resting_until
from orders.admin.order_facts import Fact, add_fact_source
from orders.models import Order
from orders.status import UNPAID
from payments.defence.declines import who_pays


@add_fact_source
def pause_facts(order: Order, request: HttpRequest) -> Iterator[Fact]:
    """Until when no payment is taken, after refused cards. Two queries if unpaid."""
    if order.status not in UNPAID or not request.user.has_perm("payments.view_payment"):
        return
    if until := resting_until(who_pays(order)):
        yield Fact(
            "Paiement en pause",
            f"jusqu’au {short_moment(until)}",
            detail="après des cartes refusées (docs/security.md)",
            tone="warning",
        )
