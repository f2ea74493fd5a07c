from django.contrib import admin
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import ReadOnlyAdmin, short_moment
from orders.admin.date_range_filter import DateRangeFilter
from payments.admin.badges import event_badge, mode_badge
from payments.models import ProcessedEvent


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
