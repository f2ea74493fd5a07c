from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.safestring import SafeString
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyAdmin, short_moment
from lumira.kit.spreadsheets import Row
from orders.admin.list_export import ExportableAdmin
from orders.admin.order_filters import StateFilter, YesNoFilter
from payments.admin.badges import mode_badge, payment_badge
from payments.admin.dispute_admin import DisputesOfPayment
from payments.admin.exported_money import PAYMENT_TITLES, payment_rows
from payments.admin.id_search import IdSearch
from payments.admin.payment_events import events_table
from payments.admin.refund_admin import RefundsOfPayment
from payments.admin.refund_dialog import refund_dialog
from payments.admin.stripe_dashboard import dashboard_link
from payments.failure_messages import message_for
from payments.models import Payment
from payments.status import PaymentStatus

MONEY = (
    "Paiement",
    {
        "fields": (
            ("order", "mode"),
            ("state", "price"),
            ("returned", "returning"),
            "left",
            ("begun", "collected"),
        )
    },
)
AT_STRIPE = (
    "Chez Stripe",
    {
        "fields": (
            ("intent", "charge"),
            "stripe_status",
            ("failure_code", "decline_code"),
            "told",
        )
    },
)


@admin.register(Payment)
class PaymentAdmin(IdSearch[Payment], ExportableAdmin[Payment], ReadOnlyAdmin[Payment]):
    """One attempt to collect an order's price, and what Stripe said about it."""

    list_display = ("order_number", "begun", "price", "state", "mode", "intent_id")
    list_filter = (
        ("status", StateFilter),
        ("livemode", YesNoFilter),
        ("created_at", DateRangeFilter),
        ("completed_at", DateRangeFilter),
    )
    list_filter_submit = True
    search_fields = ("order_number", "intent_id", "charge_id")
    id_fields = ("intent_id", "charge_id")
    search_help_text = "Numéro de commande, pi_… ou ch_…"
    ordering = ("-created_at",)
    fieldsets = (MONEY, AT_STRIPE)
    export_action = "payments.exported"
    export_name = "paiements"
    export_titles = PAYMENT_TITLES
    inlines = (RefundsOfPayment, DisputesOfPayment)

    actions_detail = ("refund",)

    def exported_rows(
        self, request: HttpRequest, batch: Sequence[Payment]
    ) -> Iterator[Row]:
        return payment_rows(batch)

    def has_refund_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.add_refund")

    def get_actions_detail(
        self, request: HttpRequest, object_id: Any
    ) -> list[UnfoldAction]:
        """Only what was collected goes back; the dialog says what else forbids it."""
        payment = self.get_object(request, str(object_id))
        if payment is None or payment.status != PaymentStatus.COMPLETED:
            return []
        actions: list[UnfoldAction] = super().get_actions_detail(request, object_id)
        return actions

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Rembourser…",
        url_path="rembourser",
        icon="undo",
        permissions=["refund"],
    )
    def refund(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return refund_dialog(request, object_id, site=self.admin_site)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Payment | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if obj and request.user.has_perm("payments.view_processedevent"):
            context["events_table"] = events_table(obj)
        response: HttpResponse = super().render_change_form(
            request, context, *args, obj=obj, **kwargs
        )
        return response

    @admin.display(description="créé le", ordering="created_at")
    def begun(self, payment: Payment) -> str:
        return short_moment(payment.created_at)

    @admin.display(description="encaissé le")
    def collected(self, payment: Payment) -> str:
        return short_moment(payment.completed_at)

    @admin.display(description="montant", ordering="amount")
    def price(self, payment: Payment) -> str:
        return money(payment.amount, payment.currency)

    @admin.display(description="remboursé")
    def returned(self, payment: Payment) -> str:
        return money(payment.amount_refunded, payment.currency)

    @admin.display(description="en cours de remboursement")
    def returning(self, payment: Payment) -> str:
        return money(payment.amount_refunding, payment.currency)

    @admin.display(description="reste remboursable")
    def left(self, payment: Payment) -> str:
        return money(payment.amount_refundable, payment.currency)

    @admin.display(description="état", ordering="status")
    def state(self, payment: Payment) -> SafeString:
        return payment_badge(payment.status)

    @admin.display(description="mode", ordering="livemode")
    def mode(self, payment: Payment) -> SafeString:
        return mode_badge(payment.livemode)

    @admin.display(description="PaymentIntent")
    def intent(self, payment: Payment) -> SafeString | str:
        return dashboard_link(payment.intent_id, livemode=payment.livemode)

    @admin.display(description="Charge")
    def charge(self, payment: Payment) -> SafeString | str:
        return dashboard_link(payment.charge_id, livemode=payment.livemode)

    @admin.display(description="ce que le client a lu")
    def told(self, payment: Payment) -> str:
        """The sentence for the last failure, in the language of the order."""
        if not (payment.failure_code or payment.decline_code):
            return "-"
        with translation.override(payment.order.language):
            return message_for(payment.failure_code, payment.decline_code)
