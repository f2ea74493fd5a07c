"""What we ask of Stripe about subscriptions, and what it tells us, in our own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from payments.status import InvoiceStatus, SubscriptionStatus


@dataclass(frozen=True, slots=True)
class CardSnapshot:
    """The card that is charged each period. `expires` is "MM/YYYY"."""

    brand: str
    last4: str
    expires: str


@dataclass(frozen=True, slots=True)
class SubscriptionSnapshot:
    """One subscription to one price, as Stripe sees it."""

    subscription_id: str
    customer_id: str
    status: SubscriptionStatus
    price_id: str
    item_id: str
    amount: int
    currency: str
    livemode: bool
    created_at: datetime
    period_end: datetime | None
    stops_at_period_end: bool
    ended_at: datetime | None = None
    end_reason: str = ""
    card: CardSnapshot | None = None
    latest_invoice_id: str = ""
    our_id: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceSnapshot:
    """One invoice of a subscription. `our_subscription_id` is our row's.

    `client_secret` lets a browser pay it; it is there when one invoice is asked for.
    """

    invoice_id: str
    subscription_id: str
    our_subscription_id: str
    number: str
    status: InvoiceStatus
    amount_due: int
    amount_paid: int
    currency: str
    livemode: bool
    created_at: datetime
    attempt_count: int
    next_attempt_at: datetime | None
    is_first: bool = False
    intent_id: str = ""
    pdf_url: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SetupSnapshot:
    """A card that is kept for later, or is about to be."""

    setup_id: str
    status: str
    customer_id: str
    method_id: str = ""
    client_secret: str = field(default="", repr=False)
    our_id: str = ""


class Billing(Protocol):
    """What is paid again and again. Every call may raise GatewayError."""

    def create_customer(self, *, email: str, idempotency_key: str) -> str:
        """The id of a Customer. The same key: the same customer."""

    def has_customer(self, customer_id: str) -> bool:
        """False when it was deleted, or was made with other keys."""

    def set_email(self, customer_id: str, *, email: str) -> None:
        """Stripe's own mails go there from now on. A repeat: nothing. NotFound."""

    def delete_customer(self, customer_id: str) -> None:
        """With their cards, and for good; payments stay. NotFound once it is done."""

    def create_product(self, *, name: str, idempotency_key: str) -> str: ...

    def put_on_sale(self, *, price_id: str, product_id: str) -> None:
        """Take both out of Stripe's archive. A repeat changes nothing. NotFound."""

    def create_price(
        self,
        *,
        product_id: str,
        amount: int,
        currency: str,
        interval: str,
        idempotency_key: str,
    ) -> str: ...

    def create_subscription(
        self,
        *,
        customer_id: str,
        price_id: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> SubscriptionSnapshot:
        """Begin one whose first invoice the browser pays. Same key: the same one."""

    def fetch_subscription(self, subscription_id: str) -> SubscriptionSnapshot: ...

    def subscriptions_of(self, customer_id: str) -> Iterator[SubscriptionSnapshot]:
        """All of them, ended ones too."""

    def subscriptions_going_on(self) -> Iterator[SubscriptionSnapshot]:
        """Everybody's that have not ended."""

    def set_stop(
        self, subscription_id: str, *, at_period_end: bool
    ) -> SubscriptionSnapshot:
        """Let it end with the period, or go on after all. A repeat changes nothing."""

    def stop_now(self, subscription_id: str) -> SubscriptionSnapshot:
        """End it. What is unpaid is not collected any more. GatewayError if ended."""

    def move_price(
        self, subscription_id: str, *, item_id: str, price_id: str
    ) -> SubscriptionSnapshot:
        """Charge this price from the next period on. A repeat changes nothing."""

    def use_card(
        self, subscription_id: str, *, method_id: str
    ) -> SubscriptionSnapshot: ...

    def fetch_invoice(self, invoice_id: str) -> InvoiceSnapshot: ...

    def invoices_of(self, subscription_id: str) -> Iterator[InvoiceSnapshot]:
        """Newest first."""

    def invoices_since(self, moment: datetime) -> Iterator[InvoiceSnapshot]: ...

    def void_invoice(self, invoice_id: str, *, idempotency_key: str) -> InvoiceSnapshot:
        """Give up collecting it. GatewayError when it is paid."""

    def pay_invoice(self, invoice_id: str) -> InvoiceSnapshot:
        """Try the customer's card now. CardRefused when the bank says no."""

    def create_setup(
        self, *, customer_id: str, metadata: Mapping[str, str]
    ) -> SetupSnapshot:
        """Prepare to keep a card; the browser confirms it."""

    def fetch_setup(self, setup_id: str) -> SetupSnapshot: ...

    def open_customer_session(self, customer_id: str) -> str:
        """A secret with which the Payment Element shows and saves this customer's
        cards, for half an hour."""
