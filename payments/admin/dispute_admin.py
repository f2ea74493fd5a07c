from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.money import money
from lumira.kit.readonly_admin import (
    ReadOnlyAdmin,
    ReadOnlyInline,
    badge,
    short_moment,
)
from orders.admin.order_filters import OnlyFilter, StateFilter
from payments.actions.disputes import REMIND_BEFORE
from payments.admin.badges import dispute_badge
from payments.admin.dispute_words import advice_on, reason_words
from payments.admin.id_search import IdSearch
from payments.admin.order_links import order_link
from payments.admin.stripe_dashboard import dashboard_link, dashboard_url
from payments.models import Dispute
from payments.status import WAITS_FOR_US


class ToAnswerFilter(OnlyFilter):
    """What waits for us; sorted by the deadline, the most urgent is on top."""

    title = "à répondre"
    parameter_name = "waits"

    def only(self, rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
        return rows.filter(status__in=sorted(WAITS_FOR_US))


class DisputeCells:
    """How one dispute reads, in the list and on its payment's page."""

    @admin.display(description="ouvert le", ordering="created_at")
    def opened(self, dispute: Dispute) -> str:
        return short_moment(dispute.created_at)

    @admin.display(description="répondre avant le", ordering="due_by")
    def deadline(self, dispute: Dispute) -> SafeString | str:
        """In red when an answer is missing and little time is left, or none."""
        told = short_moment(dispute.due_by)
        if dispute.due_by is None or dispute.status not in WAITS_FOR_US:
            return told
        left = dispute.due_by - now()
        if left > REMIND_BEFORE:
            return told
        return badge(f"{told} ({_time_left(left)})", "danger")

    @admin.display(description="montant", ordering="amount")
    def price(self, dispute: Dispute) -> str:
        return money(dispute.amount, dispute.currency)

    @admin.display(description="état", ordering="status")
    def state(self, dispute: Dispute) -> SafeString:
        return dispute_badge(dispute.status)

    @admin.display(description="motif", ordering="reason")
    def why(self, dispute: Dispute) -> str:
        return reason_words(dispute.reason)

    @admin.display(description="litige")
    def link(self, dispute: Dispute) -> SafeString:
        page = reverse("admin:payments_dispute_change", args=[dispute.pk])
        return format_html(
            '<a href="{}" class="text-link">{}</a>', page, dispute.stripe_id
        )


@admin.register(Dispute)
class DisputeAdmin(DisputeCells, IdSearch[Dispute], ReadOnlyAdmin[Dispute]):
    """What the customers' banks contest, newest first; sorts by deadline too."""

    list_display = ("order_number", "opened", "deadline", "price", "state", "why")
    list_filter = (ToAnswerFilter, ("status", StateFilter), ("due_by", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("order_number", "stripe_id")
    id_fields = ("stripe_id",)
    search_help_text = "Numéro de commande ou dp_…"
    ordering = ("-created_at",)
    fields = (
        ("order", "payment"),
        ("state", "price"),
        ("opened", "deadline"),
        ("why", "funds_withdrawn"),
        "at_stripe",
    )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Dispute | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if obj:
            livemode = obj.payment.livemode
            context["advice"] = advice_on(obj)
            context["dashboard"] = dashboard_url(obj.stripe_id, livemode=livemode)
        response: HttpResponse = super().render_change_form(
            request, context, *args, obj=obj, **kwargs
        )
        return response

    @admin.display(description="commande")
    def order(self, dispute: Dispute) -> SafeString:
        return order_link(dispute.payment)

    @admin.display(description="chez Stripe")
    def at_stripe(self, dispute: Dispute) -> SafeString | str:
        return dashboard_link(dispute.stripe_id, livemode=dispute.payment.livemode)


class DisputesOfPayment(DisputeCells, ReadOnlyInline):
    model = Dispute
    fields = readonly_fields = ("link", "opened", "deadline", "price", "state", "why")
    ordering = ("created_at",)


def _time_left(left: timedelta) -> str:
    if left < timedelta(0):
        return "dépassé"
    hours = int(left.total_seconds() // 3600)
    return f"dans {hours} h" if hours else "dans moins d’une heure"
