from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.html import format_html

from lumira.kit.readonly_admin import short_moment
from payments.admin.badges import event_badge
from payments.models import Payment, ProcessedEvent

MOST_SHOWN = 100


def events_table(payment: Payment) -> dict[str, Any]:
    """What Stripe told us about this payment, in unfold's words for a table.

    Its intent, charge, refunds, disputes and warnings of fraud; the oldest first.
    """
    events = ProcessedEvent.objects.filter(object_id__in=_stripe_ids(payment))
    return {
        "headers": ["reçu le", "type", "suite", "essais", "événement"],
        "rows": [_row(event) for event in events.order_by("received_at")[:MOST_SHOWN]],
    }


def event_url(event: ProcessedEvent) -> str:
    """Its page. The admin would read "evt_3B…" as "evt;…" if it were not quoted."""
    return reverse("admin:payments_processedevent_change", args=[quote(event.pk)])


def _stripe_ids(payment: Payment) -> list[str]:
    ids = [payment.intent_id, payment.charge_id]
    for rows in (payment.refunds, payment.disputes, payment.fraud_warnings):
        ids += rows.values_list("stripe_id", flat=True)
    return [stripe_id for stripe_id in ids if stripe_id]


def _row(event: ProcessedEvent) -> list[Any]:
    link = format_html(
        '<a href="{}" class="text-link">{}</a>', event_url(event), event.pk
    )
    return [
        short_moment(event.received_at),
        event.type,
        event_badge(event),
        event.attempts,
        link,
    ]
