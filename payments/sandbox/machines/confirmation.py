"""Who confirms an intent, and what they said about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Confirmation:
    """The circumstances; the payment method comes beside it."""

    by_browser: bool = False
    origin: str = ""
    return_url: str | None = None
    use_stripe_sdk: bool = False
    off_session: bool = False
    # An invoice's intent waits for its buyer to authenticate, where another fails.
    waits_for_buyer: bool = False
    error_on_requires_action: bool = False
