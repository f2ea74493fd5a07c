"""The admin's first page: what waits, what is wrong, and how the shop is doing.

Each person sees what their permissions allow; nothing is computed for who may not
see it. The figures are payments/dashboard, which knows nothing of the admin.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now

from lumira.maintenance import maintenance
from orders.admin.order_access import may_see_every_order
from orders.models import Order
from payments.admin.dashboard_alerts import alerts_section
from payments.admin.dashboard_money import money_section
from payments.admin.dashboard_orders import (
    OrdersSection,
    orders_section,
    work_tiles,
)
from payments.dashboard.period import period_of

PARAMETER = "periode"
# What the address says, how many days that is, and what came before it.
PERIODS = {
    "jour": (1, "Aujourd’hui", "comparé à hier, à la même heure"),
    "7": (7, "7 jours", "comparé aux 7 jours d’avant, à la même heure"),
    "30": (30, "30 jours", "comparé aux 30 jours d’avant, à la même heure"),
}
DEFAULT = "7"


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's DASHBOARD_CALLBACK: adds `dashboard` to the page's context."""
    moment = now()
    chosen = request.GET.get(PARAMETER, DEFAULT)
    if chosen not in PERIODS:
        chosen = DEFAULT
    number_of_days, _, compared_with = PERIODS[chosen]
    period = period_of(number_of_days, at=moment)
    orders = orders_section(request, period)
    takings = money_section(request, period)
    return context | {
        "title": "Tableau de bord",
        "dashboard": {
            "closed": maintenance(),
            "periods": [
                {
                    "label": label,
                    "url": f"?{PARAMETER}={name}#chiffres",
                    "is_chosen": name == chosen,
                }
                for name, (_, label, _) in PERIODS.items()
            ],
            "first_day": period.first_day,
            "last_day": period.last_day,
            "compared_with": compared_with,
            "has_figures": bool(orders or takings),
            "is_new_shop": orders is not None and _is_new_shop(orders),
            "is_personal": not may_see_every_order(request),
            "work": work_tiles(request),
            "alerts": alerts_section(request, at=moment),
            "orders": orders,
            "money": takings,
        },
    }


def _is_new_shop(orders: OrdersSection) -> bool:
    """Nobody has ever ordered: asked for only when nobody did in the period."""
    return orders.by_state is None and not Order.objects.exists()
