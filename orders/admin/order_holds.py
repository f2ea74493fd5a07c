from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import ReadOnlyInline, badge, short_moment
from orders.models import OrderHold


class HoldsOfOrder(ReadOnlyInline):
    """Why nobody may work on the order, now or earlier."""

    model = OrderHold
    fields = readonly_fields = ("cause", "about", "placed", "state")
    ordering = ("placed_at",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Part of the order: nobody sees the one without the other.
        return request.user.has_perm("orders.view_order")

    @display(description="motif")
    def cause(self, hold: OrderHold) -> str:
        return hold.get_reason_display()

    @display(description="posé le")
    def placed(self, hold: OrderHold) -> str:
        return short_moment(hold.placed_at)

    @display(description="état")
    def state(self, hold: OrderHold) -> SafeString:
        if hold.released_at is None:
            return badge("En cours", "danger")
        return badge(f"Levé par {hold.released_by}", "success")
