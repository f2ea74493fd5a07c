"""The one door to Stripe. `gateway()` opens it; `base` says what goes through."""

from functools import lru_cache

from django.conf import settings

from payments.gateway.base import (
    CardRefused,
    DisputeSnapshot,
    FraudWarningSnapshot,
    Gateway,
    GatewayError,
    GatewayUnavailable,
    IntentSnapshot,
    InvalidWebhook,
    NotFound,
    RefundSnapshot,
    StoredFailure,
    WebhookEvent,
)
from payments.gateway.base_billing import (
    Billing,
    CardSnapshot,
    InvoiceSnapshot,
    SetupSnapshot,
    SubscriptionSnapshot,
)
from payments.gateway.base_inspection import AccountSnapshot, EndpointSnapshot
from payments.gateway.reading import (
    read_dispute,
    read_fraud_warning,
    read_intent,
    read_refund,
)
from payments.gateway.reading_billing import (
    prices_named_by,
    subscription_named_by,
)
from payments.gateway.stripe_gateway import StripeGateway

__all__ = [
    "AccountSnapshot",
    "Billing",
    "CardRefused",
    "CardSnapshot",
    "DisputeSnapshot",
    "EndpointSnapshot",
    "FraudWarningSnapshot",
    "Gateway",
    "GatewayError",
    "GatewayUnavailable",
    "IntentSnapshot",
    "InvalidWebhook",
    "InvoiceSnapshot",
    "NotFound",
    "RefundSnapshot",
    "SetupSnapshot",
    "StoredFailure",
    "SubscriptionSnapshot",
    "WebhookEvent",
    "gateway",
    "is_live",
    "prices_named_by",
    "read_dispute",
    "read_fraud_warning",
    "read_intent",
    "read_refund",
    "subscription_named_by",
]


def gateway() -> Gateway:
    """The gateway for the keys and the address in force."""
    return _gateway(
        settings.STRIPE_SECRET_KEY,
        settings.STRIPE_API_BASE,
        tuple(settings.STRIPE_WEBHOOK_SECRETS),
    )


def is_live() -> bool:
    """Whether our keys move real money."""
    return "_live_" in settings.STRIPE_SECRET_KEY


@lru_cache(maxsize=4)
def _gateway(key: str, base: str, secrets: tuple[str, ...]) -> StripeGateway:
    return StripeGateway(key, api_base=base, webhook_secrets=secrets)
