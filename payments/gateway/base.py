"""What we ask of Stripe, and what it tells us, in our own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from payments.status import PaymentStatus


class GatewayError(Exception):
    """Stripe did not do it, or did not say that it did."""


class GatewayUnavailable(GatewayError):
    """No answer after the retries. It may be done all the same: ask again, same key."""


class CardRefused(GatewayError):
    """A card error. `code` and `decline_code` are Stripe's."""

    def __init__(self, code: str, decline_code: str = "") -> None:
        super().__init__(f"{code} {decline_code}".strip())
        self.code = code
        self.decline_code = decline_code


class NotFound(GatewayError):
    """Stripe knows no such object (or not with this key)."""


class InvalidWebhook(Exception):
    """The message is not signed by Stripe, is too old, or cannot be read."""


@dataclass(frozen=True, slots=True)
class IntentSnapshot:
    """One PaymentIntent as Stripe sees it. Amounts in minor units."""

    intent_id: str
    status: PaymentStatus
    stripe_status: str
    amount: int
    amount_received: int
    currency: str
    livemode: bool
    client_secret: str = field(default="", repr=False)
    charge_id: str = ""
    failure_code: str = ""
    decline_code: str = ""
    order_id: str = ""


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A message that Stripe signed. `object` is what it was about, as it was then."""

    event_id: str
    type: str
    livemode: bool
    api_version: str
    object: Mapping[str, Any] = field(repr=False)

    @property
    def object_id(self) -> str:
        return str(self.object.get("id") or "")


class Gateway(Protocol):
    def create_intent(
        self,
        *,
        amount: int,
        currency: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> IntentSnapshot:
        """Make a PaymentIntent. The same key and parameters: the same intent."""

    def fetch_intent(self, intent_id: str) -> IntentSnapshot:
        """Raises NotFound."""

    def read_webhook(self, body: bytes, signature: str) -> WebhookEvent:
        """Raises InvalidWebhook unless one of our secrets signed it, minutes ago."""

    def intent_of(self, stripe_object: Mapping[str, Any]) -> IntentSnapshot:
        """Read the PaymentIntent that an event carries."""
