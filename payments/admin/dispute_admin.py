from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyAdmin, ReadOnlyInline, short_moment
from orders.admin.date_range_filter import DateRangeFilter
from payments.admin.badges import dispute_badge
from payments.models import Dispute, FraudWarning


class DisputeCells:
    """How one dispute reads, in the list and on its payment's page."""

    @admin.display(description="ouvert le", ordering="created_at")
    def opened(self, dispute: Dispute) -> str:
        return short_moment(dispute.created_at)

    @admin.display(description="répondre avant le", ordering="due_by")
    def deadline(self, dispute: Dispute) -> str:
        return short_moment(dispute.due_by)

    @admin.display(description="montant", ordering="amount")
    def price(self, dispute: Dispute) -> str:
        return money(dispute.amount, dispute.currency)

    @admin.display(description="état", ordering="status")
    def state(self, dispute: Dispute) -> SafeString:
        return dispute_badge(dispute.status)

    @admin.display(description="litige")
    def link(self, dispute: Dispute) -> SafeString:
        page = reverse("admin:payments_dispute_change", args=[dispute.pk])
        return format_html(
            '<a href="{}" class="text-link">{}</a>', page, dispute.stripe_id
        )


@admin.register(Dispute)
class DisputeAdmin(DisputeCells, ReadOnlyAdmin[Dispute]):
    """What the customers' banks contest, newest first; sorts by deadline too."""

    list_display = ("order_number", "opened", "deadline", "price", "state", "reason")
    list_filter = ("status", ("due_by", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("order_number", "stripe_id")
    search_help_text = "Numéro de commande ou dp_…"
    ordering = ("-created_at",)
    fields = (
        ("payment", "stripe_id"),
        ("state", "price"),
        ("reason", "funds_withdrawn"),
        ("opened", "deadline"),
    )


@admin.register(FraudWarning)
class FraudWarningAdmin(ReadOnlyAdmin[FraudWarning]):
    list_display = ("order_number", "received", "fraud_type", "actionable")
    list_filter = ("actionable", ("created_at", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("order_number", "stripe_id")
    search_help_text = "Numéro de commande ou issfr_…"
    ordering = ("-created_at",)
    fields = (("payment", "stripe_id"), ("fraud_type", "actionable"), "received")

    @admin.display(description="reçue le", ordering="created_at")
    def received(self, warning: FraudWarning) -> str:
        return short_moment(warning.created_at)


class DisputesOfPayment(DisputeCells, ReadOnlyInline):
    model = Dispute
    fields = readonly_fields = ("link", "opened", "deadline", "price", "state")
    ordering = ("created_at",)
