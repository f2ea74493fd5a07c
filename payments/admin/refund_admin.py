from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyAdmin, ReadOnlyInline, short_moment
from orders.admin.date_range_filter import DateRangeFilter
from payments.admin.badges import refund_badge
from payments.models import Refund


class RefundCells:
    """How one refund reads, in the list and on its payment's page."""

    @admin.display(description="demandé le", ordering="created_at")
    def requested(self, refund: Refund) -> str:
        return short_moment(refund.created_at)

    @admin.display(description="montant", ordering="amount")
    def price(self, refund: Refund) -> str:
        return money(refund.amount, refund.currency)

    @admin.display(description="état", ordering="status")
    def state(self, refund: Refund) -> SafeString:
        return refund_badge(refund.status)

    @admin.display(description="remboursement")
    def link(self, refund: Refund) -> SafeString:
        page = reverse("admin:payments_refund_change", args=[refund.pk])
        name = refund.stripe_id or "Pas encore chez Stripe"
        return format_html('<a href="{}" class="text-link">{}</a>', page, name)


@admin.register(Refund)
class RefundAdmin(RefundCells, ReadOnlyAdmin[Refund]):
    list_display = (
        "order_number",
        "requested",
        "price",
        "state",
        "requested_by",
        "stripe_id",
    )
    list_filter = ("status", "origin", ("created_at", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("order_number", "stripe_id", "requested_by")
    search_help_text = "Numéro de commande, re_… ou qui l’a demandé"
    ordering = ("-created_at",)
    fields = (
        ("payment", "stripe_id"),
        ("state", "price"),
        ("failure_reason", "origin"),
        ("requested", "requested_by"),
        "reason",
    )


class RefundsOfPayment(RefundCells, ReadOnlyInline):
    model = Refund
    fields = readonly_fields = ("link", "requested", "price", "state", "requested_by")
    ordering = ("created_at",)
