"""Save an alert, to be told later."""

import logging
from uuid import UUID

from django.conf import settings

from lumira.outbox.announcing import announce

logger = logging.getLogger(__name__)


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
    announce_alert(f"{kind}:{about}", kind=kind, about=about, **facts)


def announce_alert(name: str, **payload: str | int | None) -> None:
    """Put it into the outbox for each way it is told. The same `name` twice is one."""
    announce("alert", key=f"alert:{name}", **payload)
    if settings.ALERT_WEBHOOK_URL:
        # A message of its own: when one way fails, the other is not used again.
        announce("alert_post", key=f"post:{name}", **payload)
