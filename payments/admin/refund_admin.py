from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyAdmin, ReadOnlyInline, short_moment
from lumira.kit.spreadsheets import Row
from orders.admin.list_export import ExportableAdmin
from orders.admin.order_filters import StateFilter
from payments.admin.badges import refund_badge
from payments.admin.exported_money import REFUND_TITLES, refund_rows
from payments.admin.id_search import IdSearch
from payments.admin.order_links import order_link
from payments.admin.refund_dialog import retry_url
from payments.admin.refund_words import failure_words
from payments.admin.stripe_dashboard import dashboard_link
from payments.models import Refund
from payments.status import REFUND_DID_NOT_WORK


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
class RefundAdmin(
    RefundCells, IdSearch[Refund], ExportableAdmin[Refund], ReadOnlyAdmin[Refund]
):
    list_display = (
        "order_number",
        "requested",
        "price",
        "state",
        "requested_by",
        "stripe_id",
    )
    list_filter = (
        ("status", StateFilter),
        ("origin", StateFilter),
        ("created_at", DateRangeFilter),
    )
    list_filter_submit = True
    search_fields = ("order_number", "stripe_id", "requested_by")
    id_fields = ("stripe_id",)
    search_help_text = "Numéro de commande, re_… ou qui l’a demandé"
    ordering = ("-created_at",)
    fields = (
        ("order", "payment"),
        ("state", "price"),
        ("cause", "origin"),
        ("requested", "requested_by"),
        "reason",
        "at_stripe",
    )

    actions_detail = ("retry",)
    export_action = "refunds.exported"
    export_name = "remboursements"
    export_titles = REFUND_TITLES

    def exported_rows(
        self, request: HttpRequest, batch: Sequence[Refund]
    ) -> Iterator[Row]:
        return refund_rows(batch)

    def has_retry_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.add_refund")

    def get_actions_detail(
        self, request: HttpRequest, object_id: Any
    ) -> list[UnfoldAction]:
        """Only what did not work is begun again."""
        refund = self.get_object(request, str(object_id))
        if refund is None or refund.status not in REFUND_DID_NOT_WORK:
            return []
        actions: list[UnfoldAction] = super().get_actions_detail(request, object_id)
        return actions

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Recommencer…",
        url_path="recommencer",
        icon="redo",
        permissions=["retry"],
    )
    def retry(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the refund's dialog, which begins with this one's amount and reason."""
        refund = self.get_object(request, object_id)
        if refund is None:
            raise Http404
        return redirect(retry_url(refund))

    @admin.display(description="commande")
    def order(self, refund: Refund) -> SafeString:
        return order_link(refund.payment)

    @admin.display(description="chez Stripe")
    def at_stripe(self, refund: Refund) -> SafeString | str:
        return dashboard_link(refund.stripe_id, livemode=refund.payment.livemode)

    @admin.display(description="cause de l’échec")
    def cause(self, refund: Refund) -> str:
        return failure_words(refund.failure_reason)


class RefundsOfPayment(RefundCells, ReadOnlyInline):
    model = Refund
    fields = readonly_fields = ("link", "requested", "price", "state", "requested_by")
    ordering = ("created_at",)
