"""Tell the people who run the shop that something about money needs them."""

import json
import logging
import urllib.request

from django.conf import settings
from django.core.mail import send_mail

from lumira.outbox.announcing import announce
from lumira.outbox.topics import Payload, delivers

logger = logging.getLogger(__name__)
TIMEOUT_S = 10


def raise_alert(kind: str, *, about: str, **facts: str | int | None) -> None:
    """Save an alert with the change that caused it: ids and figures, nobody's name.

    One alert for each `kind` and `about`, however often the cause comes back.
    """
    logger.error("Alert %s about %s: %s", kind, about, facts)
    announce("alert", key=f"alert:{kind}:{about}", kind=kind, about=about, **facts)


@delivers("alert")
def deliver_alert(payload: Payload) -> None:
    subject = f"[Lumira] {payload['kind']}: {payload['about']}"
    lines = [f"{name}: {value}" for name, value in payload.items()]
    send_mail(
        subject, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [settings.SUPPORT_EMAIL]
    )
    if settings.ALERT_WEBHOOK_URL:
        # The JSON that Slack and its kin accept.
        body = json.dumps({"text": "\n".join([subject, *lines])}).encode()
        request = urllib.request.Request(  # noqa: S310 (our own setting)
            settings.ALERT_WEBHOOK_URL,
            body,
            {"Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_S):  # noqa: S310
            pass
