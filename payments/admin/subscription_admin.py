from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.readonly_admin import ReadOnlyAdmin, badge, short_moment
from orders.admin.order_filters import StateFilter, YesNoFilter
from payments.admin.badges import mode_badge, subscription_badge
from payments.admin.order_links import order_link
from payments.admin.stripe_dashboard import dashboard_link
from payments.admin.subscription_acts import (
    LOOK,
    MOVE_PRICE,
    RESUME,
    STOP_LATER,
    STOP_NOW,
    todays_price,
)
from payments.admin.subscription_dialog import subscription_dialog
from payments.admin.subscription_filters import OldPriceFilter
from payments.admin.subscription_rows import (
    EventsOfSubscription,
    InvoicesOfSubscription,
)
from payments.admin.subscription_search import search_subscriptions
from payments.models import Subscription
from payments.status import ENDED_SUBSCRIPTION, GOING_ON
from payments.subscription_state import card_brand
from payments.subscriptions.terms import price_of

# Stripe's words. https://docs.stripe.com/api/subscriptions/object
# #subscription_object-cancellation_details-reason
END_REASONS = {
    "cancellation_requested": "demandée",
    "payment_failed": "paiements refusés",
    "payment_disputed": "paiement contesté",
}
ACTS = {act.name: act for act in (STOP_LATER, RESUME, STOP_NOW, MOVE_PRICE, LOOK)}

FACTS = (
    "Abonnement",
    {
        "fields": (
            ("order", "service"),
            ("state", "price_now"),
            ("due", "stop"),
            ("price_of_today", "card"),
            ("email", "mode"),
            ("begun", "ended"),
        )
    },
)
AT_STRIPE = (
    "Chez Stripe",
    {"fields": (("at_stripe", "customer_at_stripe"), "price_at_stripe")},
)


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin[Subscription]):
    """Who pays every month or year, how that goes, and what can be done about it."""

    list_display = ("order_number", "email", "price_now", "state", "due", "stop")
    list_filter = (
        ("status", StateFilter),
        ("stops_at_period_end", YesNoFilter),
        OldPriceFilter,
        ("period_end", DateRangeFilter),
    )
    list_filter_submit = True
    search_fields = ("order_number",)
    search_help_text = "Numéro de commande, e-mail entier, sub_…, cus_… ou in_…"
    ordering = ("-created_at",)
    fieldsets = (FACTS, AT_STRIPE)
    inlines = (InvoicesOfSubscription, EventsOfSubscription)
    actions_detail = tuple(ACTS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        rows: QuerySet[Subscription] = super().get_queryset(request)
        return rows.prefetch_related("price")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Subscription], search_term: str
    ) -> tuple[QuerySet[Subscription], bool]:
        return search_subscriptions(queryset, search_term), False

    def has_stop_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.stop_subscription")

    def get_actions_detail(
        self, request: HttpRequest, object_id: Any
    ) -> list[UnfoldAction]:
        """What can be done now; the dialog says why something cannot."""
        one = self.get_object(request, unquote(str(object_id)))
        if one is None:
            return []
        possible = {
            f"payments_subscription_{name}"
            for name, act in ACTS.items()
            if not act.why_not(one)
        }
        buttons: list[UnfoldAction] = super().get_actions_detail(request, object_id)
        return [button for button in buttons if button.action_name in possible]

    def _dialog(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        return subscription_dialog(request, object_id, ACTS[name], site=self.admin_site)

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Arrêter à l’échéance…",
        url_path="arreter-a-l-echeance",
        icon="event_busy",
        permissions=["stop"],
    )
    def stop_later(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._dialog(request, object_id, "stop_later")

    @action(  # type: ignore[untyped-decorator]
        description="Continuer l’abonnement…",
        url_path="continuer",
        icon="event_repeat",
        permissions=["stop"],
    )
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._dialog(request, object_id, "resume")

    @action(  # type: ignore[untyped-decorator]
        description="Arrêter tout de suite…",
        url_path="arreter",
        icon="cancel",
        permissions=["stop"],
    )
    def stop_now(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._dialog(request, object_id, "stop_now")

    @action(  # type: ignore[untyped-decorator]
        description="Passer au prix du catalogue…",
        url_path="prix",
        icon="sell",
        permissions=["stop"],
    )
    def move_price(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._dialog(request, object_id, "move_price")

    @action(  # type: ignore[untyped-decorator]
        description="Relire chez Stripe…",
        url_path="relire",
        icon="sync",
        permissions=["stop"],
    )
    def look(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._dialog(request, object_id, "look")

    @admin.display(description="prix", ordering="amount")
    def price_now(self, one: Subscription) -> str:
        return price_of(one)

    @admin.display(description="prix du catalogue")
    def price_of_today(self, one: Subscription) -> str:
        today = todays_price(one)
        return "le même" if today == price_of(one) else today or "plus par abonnement"

    @admin.display(description="état", ordering="status")
    def state(self, one: Subscription) -> SafeString:
        return subscription_badge(one.status)

    @admin.display(description="prochaine échéance", ordering="period_end")
    def due(self, one: Subscription) -> str:
        is_charged = one.status in GOING_ON
        return short_moment(one.period_end) if is_charged else "-"

    @admin.display(description="arrêt", ordering="stops_at_period_end")
    def stop(self, one: Subscription) -> SafeString | str:
        if one.status in ENDED_SUBSCRIPTION or not one.stops_at_period_end:
            return "-"
        return badge("À l’échéance", "warning")

    @admin.display(description="carte")
    def card(self, one: Subscription) -> str:
        if not one.card_last4:
            return "-"
        return f"{card_brand(one)} •••• {one.card_last4}, expire {one.card_expires}"

    @admin.display(description="mode", ordering="livemode")
    def mode(self, one: Subscription) -> SafeString:
        return mode_badge(one.livemode)

    @admin.display(description="commencé le", ordering="created_at")
    def begun(self, one: Subscription) -> str:
        return short_moment(one.created_at)

    @admin.display(description="terminé le")
    def ended(self, one: Subscription) -> str:
        if one.ended_at is None:
            return "-"
        why = END_REASONS.get(one.end_reason, one.end_reason)
        return f"{short_moment(one.ended_at)}{f' (fin {why})' if why else ''}"

    @admin.display(description="première commande")
    def order(self, one: Subscription) -> SafeString:
        return order_link(one.first_payment)

    @admin.display(description="service")
    def service(self, one: Subscription) -> str:
        return str(one.first_order.service)

    @admin.display(description="abonnement")
    def at_stripe(self, one: Subscription) -> SafeString | str:
        return dashboard_link(one.stripe_id, livemode=one.livemode)

    @admin.display(description="client")
    def customer_at_stripe(self, one: Subscription) -> SafeString | str:
        return dashboard_link(one.customer.stripe_id, livemode=one.livemode)

    @admin.display(description="prix")
    def price_at_stripe(self, one: Subscription) -> SafeString | str:
        return dashboard_link(one.price.stripe_id, livemode=one.livemode)
