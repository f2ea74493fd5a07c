"""What we ask of Stripe, and what it tells us, in our own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from payments.gateway.base_billing import Billing
from payments.gateway.base_inspection import Inspection
from payments.status import DisputeStatus, PaymentStatus, RefundStatus


class GatewayError(Exception):
    """Stripe did not do it, or did not say that it did. `code` is Stripe's, or ""."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class GatewayUnavailable(GatewayError):
    """No answer after the retries. It may be done all the same: ask again, same key."""


class StoredFailure(GatewayUnavailable):
    """Stripe failed once, and will repeat that for this key for a day.

    Whether it acted all the same only its lists can tell.
    """


class CardRefused(GatewayError):
    """A card error. `code` and `decline_code` are Stripe's."""

    def __init__(self, code: str, decline_code: str = "") -> None:
        super().__init__(f"{code} {decline_code}".strip(), code)
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
class RefundSnapshot:
    """One Refund as Stripe sees it. `our_id` is our row's, if we asked for it."""

    refund_id: str
    intent_id: str
    status: RefundStatus
    amount: int
    currency: str
    created_at: datetime
    failure_reason: str = ""
    our_id: str = ""


@dataclass(frozen=True, slots=True)
class DisputeSnapshot:
    dispute_id: str
    intent_id: str
    status: DisputeStatus
    amount: int
    currency: str
    reason: str
    created_at: datetime
    due_by: datetime | None
    funds_withdrawn: bool


@dataclass(frozen=True, slots=True)
class FraudWarningSnapshot:
    warning_id: str
    intent_id: str
    fraud_type: str
    actionable: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A message from Stripe. `object` is what it was about, as it was then."""

    event_id: str
    type: str
    livemode: bool
    api_version: str
    object: Mapping[str, Any] = field(repr=False)
    # By Stripe's clock, in whole seconds.
    created_at: datetime | None = None

    @property
    def log_facts(self) -> Mapping[str, str]:
        """What a line of the log about it says."""
        return {"event_id": self.event_id, "event_type": self.type}

    @property
    def object_id(self) -> str:
        return str(self.object.get("id") or "")


class Gateway(Protocol):
    """Every call may raise GatewayError; NotFound where an id is given."""

    @property
    def billing(self) -> Billing: ...

    @property
    def inspection(self) -> Inspection: ...

    def create_intent(
        self,
        *,
        amount: int,
        currency: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
        customer_id: str = "",
    ) -> IntentSnapshot:
        """Make a PaymentIntent. The same key and parameters: the same intent.

        With a customer it can be paid with the cards they have saved.
        """

    def fetch_intent(self, intent_id: str) -> IntentSnapshot: ...

    def cancel_intent(self, intent_id: str, *, idempotency_key: str) -> IntentSnapshot:
        """Close it as abandoned. GatewayError when Stripe says it is too late."""

    def intents_since(self, moment: datetime) -> Iterator[IntentSnapshot]: ...

    def create_refund(
        self,
        *,
        intent_id: str,
        amount: int,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> RefundSnapshot:
        """Give money back. The same key and parameters: the same refund."""

    def fetch_refund(self, refund_id: str) -> RefundSnapshot: ...

    def refunds_of(self, intent_id: str) -> Iterator[RefundSnapshot]: ...

    def refunds_since(self, moment: datetime) -> Iterator[RefundSnapshot]: ...

    def fetch_dispute(self, dispute_id: str) -> DisputeSnapshot: ...

    def disputes_since(self, moment: datetime) -> Iterator[DisputeSnapshot]: ...

    def fraud_warnings_since(
        self, moment: datetime
    ) -> Iterator[FraudWarningSnapshot]: ...

    def fetch_event(self, event_id: str) -> WebhookEvent:
        """Stripe keeps events for thirty days."""

    def undelivered_events(self, since: datetime) -> Iterator[WebhookEvent]:
        """Events that no endpoint of ours has answered with success, newest first."""

    def read_webhook(self, body: bytes, signature: str) -> WebhookEvent:
        """Raises InvalidWebhook unless one of our secrets signed it, minutes ago."""
