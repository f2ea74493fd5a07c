"""One line of the log for each payment that did not work."""

import logging
from collections.abc import Mapping
from typing import Any

from lumira.kit.log_context import Fact, about

logger = logging.getLogger(__name__)

CARD_ERROR = "card_error"


def log_payment_error(name: str, error: Mapping[str, Any], **facts: Fact) -> None:
    """Name, type, code, order, user and time, as the original document asks.

    `error` is Stripe's, or has its `type`, `code` and `decline_code`. The order and
    the user's id come from what the log is about. Stripe's `message` is left out: it
    quotes what was typed, an address or a name. The code says the same, and Stripe's
    dashboard has the sentence under the request's id.
    """
    kind = str(error.get("type") or "")
    codes = {word: str(error.get(word) or "") for word in ("code", "decline_code")}
    level = logging.WARNING if kind == CARD_ERROR else logging.ERROR
    told: dict[str, Fact] = {**codes, **facts}
    text = " ".join(f"{word}={value}" for word, value in told.items() if value)
    with about(error=name, type=kind, **told):
        logger.log(level, "Payment error: %s %s", name, text)
