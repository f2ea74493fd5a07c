from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.readonly_admin import ReadOnlyAdmin, badge, short_moment
from orders.admin.order_filters import YesNoFilter
from payments.actions.refund import why_not_refundable
from payments.admin.dispute_words import fraud_words
from payments.admin.id_search import IdSearch
from payments.admin.order_links import order_link
from payments.admin.stripe_dashboard import dashboard_link
from payments.models import FraudWarning


@admin.register(FraudWarning)
class FraudWarningAdmin(IdSearch[FraudWarning], ReadOnlyAdmin[FraudWarning]):
    """A card's network expects a dispute. Money given back now prevents it."""

    list_display = ("order_number", "received", "suspicion", "state")
    list_filter = (("actionable", YesNoFilter), ("created_at", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("order_number", "stripe_id")
    id_fields = ("stripe_id",)
    search_help_text = "Numéro de commande ou issfr_…"
    ordering = ("-created_at",)
    fields = (
        ("order", "payment"),
        ("suspicion", "state"),
        ("received", "at_stripe"),
    )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: FraudWarning | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if obj:
            context["may_refund"] = (
                obj.actionable
                and request.user.has_perm("payments.add_refund")
                and not why_not_refundable(obj.payment)
            )
        response: HttpResponse = super().render_change_form(
            request, context, *args, obj=obj, **kwargs
        )
        return response

    @admin.display(description="reçue le", ordering="created_at")
    def received(self, warning: FraudWarning) -> str:
        return short_moment(warning.created_at)

    @admin.display(description="soupçon", ordering="fraud_type")
    def suspicion(self, warning: FraudWarning) -> str:
        return fraud_words(warning.fraud_type)

    @admin.display(description="état", ordering="actionable")
    def state(self, warning: FraudWarning) -> SafeString:
        if warning.actionable:
            return badge("On peut encore agir", "warning")
        return badge("Remboursé ou contesté depuis")

    @admin.display(description="commande")
    def order(self, warning: FraudWarning) -> SafeString:
        return order_link(warning.payment)

    @admin.display(description="chez Stripe")
    def at_stripe(self, warning: FraudWarning) -> SafeString | str:
        """The payment's page: the warning itself has none."""
        payment = warning.payment
        return dashboard_link(payment.intent_id, livemode=payment.livemode)
