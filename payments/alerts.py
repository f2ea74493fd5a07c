"""Tell the people who run the shop that something about money needs them."""

import json
import logging
import urllib.request
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from lumira.outbox.announcing import announce
from lumira.outbox.topics import Payload, delivers

logger = logging.getLogger(__name__)
TIMEOUT_S = 10


def raise_alert(
    kind: str, *, about: str, order_id: UUID | None = None, **facts: str | int | None
) -> None:
    """Save an alert with the change that caused it: ids and figures, nobody's name.

    One alert for each `kind` and `about`, however often the cause comes back. With
    `order_id` it stands in the history of that order, and leads there.
    """
    logger.error("Alert %s about %s: %s", kind, about, facts)
    if order_id:
        facts["order_id"] = str(order_id)
    name = f"{kind}:{about}"
    announce("alert", key=f"alert:{name}", kind=kind, about=about, **facts)
    if settings.ALERT_WEBHOOK_URL:
        # A message of its own: when one way fails, the other is not used again.
        announce("alert_post", key=f"post:{name}", kind=kind, about=about, **facts)


@delivers("alert")
def mail_alert(payload: Payload) -> None:
    send_mail(
        _title(payload),
        "\n".join(_lines(payload)),
        settings.DEFAULT_FROM_EMAIL,
        [settings.SUPPORT_EMAIL],
    )


@delivers("alert_post")
def post_alert(payload: Payload) -> None:
    """The JSON that Slack and its kin accept."""
    text = "\n".join([_title(payload), *_lines(payload)])
    request = urllib.request.Request(  # noqa: S310 (our own setting)
        settings.ALERT_WEBHOOK_URL,
        json.dumps({"text": text}).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_S):  # noqa: S310
        pass


def _title(payload: Payload) -> str:
    return f"[Lumira] {payload['kind']}: {payload['about']}"


def _lines(payload: Payload) -> list[str]:
    lines = [f"{name}: {value}" for name, value in payload.items()]
    if order_id := payload.get("order_id"):
        page = reverse("admin:orders_order_change", args=[order_id])
        lines.append(f"{settings.SITE_URL}{page}")
    return lines
