"""What stands below a subscription: its periods, and what happened to it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyInline, short_moment
from orders.admin.order_moments import actor
from payments.admin.badges import invoice_badge, subscription_badge
from payments.admin.order_links import order_link
from payments.models import Invoice, SubscriptionEvent


class InvoiceCells:
    """How one period reads, in the list and on its subscription's page."""

    @admin.display(description="créée le", ordering="created_at")
    def made(self, invoice: Invoice) -> str:
        return short_moment(invoice.created_at)

    @admin.display(description="montant", ordering="amount_due")
    def price(self, invoice: Invoice) -> str:
        return invoice.amount_text

    @admin.display(description="état", ordering="status")
    def state(self, invoice: Invoice) -> SafeString:
        return invoice_badge(invoice.status)

    @admin.display(description="prochain essai")
    def next_try(self, invoice: Invoice) -> str:
        return short_moment(invoice.next_attempt_at)

    @admin.display(description="facture")
    def link(self, invoice: Invoice) -> SafeString:
        page = reverse("admin:payments_invoice_change", args=[invoice.pk])
        name = invoice.number or invoice.stripe_id
        return format_html('<a href="{}" class="text-link">{}</a>', page, name)

    @admin.display(description="commande")
    def order(self, invoice: Invoice) -> SafeString | str:
        return order_link(invoice.payment) if invoice.payment else "-"

    @admin.display(description="paiement")
    def paid_by(self, invoice: Invoice) -> SafeString | str:
        """The payment, and what of it went back."""
        payment = invoice.payment
        if payment is None:
            return "-"
        page = reverse("admin:payments_payment_change", args=[payment.pk])
        back = payment.amount_refunded + payment.amount_refunding
        text = money(payment.amount, payment.currency)
        if back:
            text += f", dont {money(back, payment.currency)} remboursés"
        return format_html('<a href="{}" class="text-link">{}</a>', page, text)


class InvoicesOfSubscription(InvoiceCells, ReadOnlyInline):
    model = Invoice
    fields = readonly_fields = (
        "link",
        "made",
        "state",
        "price",
        "next_try",
        "order",
        "paid_by",
        "refund",
    )
    ordering = ("-created_at",)
    may_refund = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        # An inline is made anew for each request.
        self.may_refund = request.user.has_perm("payments.add_refund")
        rows: QuerySet[Invoice] = super().get_queryset(request)
        return rows.prefetch_related("payment")

    @admin.display(description="rembourser")
    def refund(self, invoice: Invoice) -> SafeString | str:
        payment = invoice.payment
        if not self.may_refund or payment is None or not payment.amount_refundable:
            return "-"
        dialog = reverse("admin:payments_payment_refund", args=[payment.pk])
        return format_html('<a href="{}" class="text-link">Rembourser…</a>', dialog)


class EventsOfSubscription(ReadOnlyInline):
    model = SubscriptionEvent
    fields = readonly_fields = ("moment", "state", "who", "note")
    ordering = ("-at",)

    @admin.display(description="le")
    def moment(self, event: SubscriptionEvent) -> str:
        return short_moment(event.at)

    @admin.display(description="état")
    def state(self, event: SubscriptionEvent) -> SafeString:
        return subscription_badge(event.status)

    @admin.display(description="par")
    def who(self, event: SubscriptionEvent) -> str:
        return WHO.get(event.by) or actor(event.by)


WHO: dict[str, Any] = {"stripe": "Stripe"}
