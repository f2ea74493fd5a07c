from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import ReadOnlyAdmin, short_moment
from orders.admin.date_range_filter import DateRangeFilter
from payments.admin.badges import event_badge, mode_badge
from payments.models import ProcessedEvent
from payments.webhooks.replay import replay_event


@admin.register(ProcessedEvent)
class ProcessedEventAdmin(ReadOnlyAdmin[ProcessedEvent]):
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
    list_filter = ("processed", "livemode", ("received_at", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("event_id", "object_id", "type")
    search_help_text = "evt_…, pi_…, ch_… ou type"
    ordering = ("-received_at",)
    fields = (
        ("event_id", "type"),
        ("object_id", "mode"),
        ("state", "attempts"),
        "last_error",
        ("received", "done"),
        "api_version",
    )

    actions = ("replay",)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("payments.replay_processedevent")

    @admin.action(
        description="Rejouer (relire chez Stripe et traiter)", permissions=["replay"]
    )
    def replay(self, request: HttpRequest, events: QuerySet[ProcessedEvent]) -> None:
        """Safe to ask for anything: what was processed is left alone."""
        for event_id in events.values_list("event_id", flat=True):
            try:
                is_new = replay_event(event_id)
            except Exception as error:  # the others are still tried
                self.message_user(
                    request,
                    f"{event_id} a échoué : {type(error).__name__}",
                    messages.ERROR,
                )
            else:
                said = "traité" if is_new else "était déjà traité"
                self.message_user(request, f"{event_id} {said}.", messages.SUCCESS)

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
