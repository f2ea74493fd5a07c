from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import ReadOnlyInline, short_moment
from orders.admin.badges import order_badge
from orders.models import OrderEvent

# What `by` says when no person of the staff did it. Other words are shown as they are.
ACTORS = {
    "customer": "Client",
    "checkout": "Page de paiement",
    "api": "API",
    "demo": "Démonstration",
    "expiry": "Échéance",
    "reconcile": "Rapprochement",
    "settlement": "Encaissement",
}


class HistoryOfOrder(ReadOnlyInline):
    """Every move of the order: when, which, who, why. The oldest first."""

    model = OrderEvent
    fields = readonly_fields = ("moment", "move", "who", "note")
    ordering = ("at",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Part of the order: nobody sees the one without the other.
        return request.user.has_perm("orders.view_order")

    @display(description="le")
    def moment(self, event: OrderEvent) -> str:
        return short_moment(event.at)

    @display(description="état")
    def move(self, event: OrderEvent) -> SafeString:
        return order_badge(event.after)

    @display(description="par")
    def who(self, event: OrderEvent) -> str:
        return ACTORS.get(event.by, event.by)
