from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.readonly_admin import ReadOnlyAdmin, short_moment
from orders.admin.order_filters import YesNoFilter
from payments.admin.badges import event_badge, mode_badge
from payments.admin.event_words import error_words, event_words
from payments.admin.id_search import IdSearch
from payments.admin.order_links import links_to_orders
from payments.admin.order_lookup import orders_with
from payments.admin.replay_dialog import replay_and_tell, replay_dialog
from payments.admin.stripe_dashboard import dashboard_link
from payments.models import ProcessedEvent


@admin.register(ProcessedEvent)
class ProcessedEventAdmin(IdSearch[ProcessedEvent], ReadOnlyAdmin[ProcessedEvent]):
    """What Stripe's webhook told us, and what came of it."""

    list_display = (
        "event_id",
        "type",
        "received",
        "state",
        "attempts",
        "last_error",
        "mode",
    )
    list_filter = (
        ("processed", YesNoFilter),
        ("livemode", YesNoFilter),
        ("received_at", DateRangeFilter),
    )
    list_filter_submit = True
    search_fields = ("event_id", "object_id", "type")
    id_fields = ("event_id", "object_id")
    has_order_number = False
    search_help_text = "evt_…, pi_…, ch_… ou type"
    ordering = ("-received_at",)
    fields = (
        ("said", "type"),
        ("at_stripe", "object_at_stripe"),
        ("order", "mode"),
        ("state", "attempts"),
        "error",
        ("received", "done"),
        "api_version",
    )

    actions = ("replay",)
    actions_detail = ("replay_one",)

    def has_replay_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.replay_processedevent")

    def get_actions_detail(
        self, request: HttpRequest, object_id: Any
    ) -> list[UnfoldAction]:
        """What was processed has nothing to be replayed for."""
        event = self.get_object(request, unquote(str(object_id)))
        if event is None or event.processed:
            return []
        actions: list[UnfoldAction] = super().get_actions_detail(request, object_id)
        return actions

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Rejouer…",
        url_path="rejouer",
        icon="replay",
        permissions=["replay"],
    )
    def replay_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return replay_dialog(request, object_id, site=self.admin_site)

    @admin.action(
        description="Rejouer (relire chez Stripe et traiter)", permissions=["replay"]
    )
    def replay(self, request: HttpRequest, events: QuerySet[ProcessedEvent]) -> None:
        """Safe to ask for anything: what was processed is left alone."""
        for event_id in events.values_list("event_id", flat=True):
            replay_and_tell(request, event_id)

    @admin.display(description="suite", ordering="processed")
    def state(self, event: ProcessedEvent) -> SafeString:
        return event_badge(event)

    @admin.display(description="mode", ordering="livemode")
    def mode(self, event: ProcessedEvent) -> SafeString:
        return mode_badge(event.livemode)

    @admin.display(description="reçu le", ordering="received_at")
    def received(self, event: ProcessedEvent) -> str:
        return short_moment(event.received_at)

    @admin.display(description="traité le")
    def done(self, event: ProcessedEvent) -> str:
        return short_moment(event.processed_at)

    @admin.display(description="événement")
    def said(self, event: ProcessedEvent) -> str:
        return event_words(event.type)

    @admin.display(description="dernière erreur")
    def error(self, event: ProcessedEvent) -> str:
        return error_words(event.last_error)

    @admin.display(description="événement chez Stripe")
    def at_stripe(self, event: ProcessedEvent) -> SafeString | str:
        return dashboard_link(event.event_id, livemode=event.livemode)

    @admin.display(description="objet chez Stripe")
    def object_at_stripe(self, event: ProcessedEvent) -> SafeString | str:
        return dashboard_link(event.object_id, livemode=event.livemode)

    @admin.display(description="commande")
    def order(self, event: ProcessedEvent) -> SafeString | str:
        return links_to_orders(orders_with(event.object_id))
