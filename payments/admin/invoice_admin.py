from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyAdmin
from orders.admin.order_filters import StateFilter
from payments.admin.stripe_dashboard import dashboard_link
from payments.admin.subscription_rows import InvoiceCells
from payments.admin.subscription_search import search_invoices
from payments.models import Invoice


@admin.register(Invoice)
class InvoiceAdmin(InvoiceCells, ReadOnlyAdmin[Invoice]):
    """Every period that Stripe billed, and what became of it."""

    list_display = ("name", "made", "price", "state", "next_try", "of", "order")
    list_filter = (("status", StateFilter), ("created_at", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("number",)
    search_help_text = "Numéro de facture ou de commande, in_…, pi_… ou sub_…"
    ordering = ("-created_at",)
    fields = (
        ("name", "of"),
        ("state", "price"),
        ("paid", "attempt_count"),
        ("made", "next_try"),
        ("order", "paid_by"),
        ("at_stripe", "intent_at_stripe"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        rows: QuerySet[Invoice] = super().get_queryset(request)
        return rows.prefetch_related("payment", "subscription")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Invoice], search_term: str
    ) -> tuple[QuerySet[Invoice], bool]:
        return search_invoices(queryset, search_term), False

    @admin.display(description="facture", ordering="number")
    def name(self, invoice: Invoice) -> str:
        return invoice.number or invoice.stripe_id

    @admin.display(description="abonnement")
    def of(self, invoice: Invoice) -> SafeString:
        page = reverse(
            "admin:payments_subscription_change", args=[invoice.subscription_id]
        )
        number = invoice.subscription.order_number
        return format_html('<a href="{}" class="text-link">{}</a>', page, number)

    @admin.display(description="payé")
    def paid(self, invoice: Invoice) -> str:
        return money(invoice.amount_paid, invoice.currency)

    @admin.display(description="facture chez Stripe")
    def at_stripe(self, invoice: Invoice) -> SafeString | str:
        return self._dashboard(invoice, invoice.stripe_id)

    @admin.display(description="paiement chez Stripe")
    def intent_at_stripe(self, invoice: Invoice) -> SafeString | str:
        return self._dashboard(invoice, invoice.intent_id)

    def _dashboard(self, invoice: Invoice, object_id: Any) -> SafeString | str:
        return dashboard_link(object_id, livemode=invoice.subscription.livemode)
