"""Customers, prices, subscriptions and invoices, in Stripe's words.

A part of StripeGateway, which lends it the SDK's client and its errors.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from payments.gateway.base import NotFound
from payments.gateway.base_billing import (
    InvoiceSnapshot,
    SetupSnapshot,
    SubscriptionSnapshot,
)
from payments.gateway.reading_billing import (
    read_invoice,
    read_setup,
    read_subscription,
)

PAGE = 100
WITH_CARD = ["default_payment_method"]
WITH_INTENT = ["payments", "confirmation_secret"]


class StripeBilling:
    def __init__(
        self, api: Any, errors: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._api = api
        self._our_errors = errors

    def create_customer(self, *, email: str, idempotency_key: str) -> str:
        with self._our_errors():
            customer = self._api.customers.create(
                {"email": email}, {"idempotency_key": idempotency_key}
            )
            return str(customer.id)

    def has_customer(self, customer_id: str) -> bool:
        try:
            with self._our_errors():
                found = self._api.customers.retrieve(customer_id).to_dict()
        except NotFound:
            return False
        return not found.get("deleted")

    def set_email(self, customer_id: str, *, email: str) -> None:
        with self._our_errors():
            self._api.customers.update(customer_id, {"email": email})

    def delete_customer(self, customer_id: str) -> None:
        with self._our_errors():
            self._api.customers.delete(customer_id)

    def create_product(self, *, name: str, idempotency_key: str) -> str:
        with self._our_errors():
            product = self._api.products.create(
                {"name": name}, {"idempotency_key": idempotency_key}
            )
            return str(product.id)

    def put_on_sale(self, *, price_id: str, product_id: str) -> None:
        with self._our_errors():
            self._api.products.update(product_id, {"active": True})
            self._api.prices.update(price_id, {"active": True})

    def create_price(
        self,
        *,
        product_id: str,
        amount: int,
        currency: str,
        interval: str,
        idempotency_key: str,
    ) -> str:
        with self._our_errors():
            price = self._api.prices.create(
                {
                    "product": product_id,
                    "unit_amount": amount,
                    "currency": currency,
                    "recurring": {"interval": interval},
                },
                {"idempotency_key": idempotency_key},
            )
            return str(price.id)

    def create_subscription(
        self,
        *,
        customer_id: str,
        price_id: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> SubscriptionSnapshot:
        with self._our_errors():
            subscription = self._api.subscriptions.create(
                {
                    "customer": customer_id,
                    "items": [{"price": price_id}],
                    "payment_behavior": "default_incomplete",
                    "payment_settings": {
                        "save_default_payment_method": "on_subscription"
                    },
                    "metadata": dict(sorted(metadata.items())),
                },
                {"idempotency_key": idempotency_key},
            )
            return read_subscription(subscription.to_dict())

    def fetch_subscription(self, subscription_id: str) -> SubscriptionSnapshot:
        with self._our_errors():
            subscription = self._api.subscriptions.retrieve(
                subscription_id, {"expand": WITH_CARD}
            )
            return read_subscription(subscription.to_dict())

    def subscriptions_of(self, customer_id: str) -> Iterator[SubscriptionSnapshot]:
        return self._subscriptions({"customer": customer_id, "status": "all"})

    def subscriptions_going_on(self) -> Iterator[SubscriptionSnapshot]:
        return self._subscriptions({})

    def set_stop(
        self, subscription_id: str, *, at_period_end: bool
    ) -> SubscriptionSnapshot:
        return self._update(subscription_id, {"cancel_at_period_end": at_period_end})

    def stop_now(self, subscription_id: str) -> SubscriptionSnapshot:
        with self._our_errors():
            subscription = self._api.subscriptions.cancel(
                subscription_id, {"expand": WITH_CARD}
            )
            return read_subscription(subscription.to_dict())

    def move_price(
        self, subscription_id: str, *, item_id: str, price_id: str
    ) -> SubscriptionSnapshot:
        change = {
            "items": [{"id": item_id, "price": price_id}],
            "proration_behavior": "none",
        }
        return self._update(subscription_id, change)

    def use_card(self, subscription_id: str, *, method_id: str) -> SubscriptionSnapshot:
        return self._update(subscription_id, {"default_payment_method": method_id})

    def fetch_invoice(self, invoice_id: str) -> InvoiceSnapshot:
        with self._our_errors():
            invoice = self._api.invoices.retrieve(invoice_id, {"expand": WITH_INTENT})
            return read_invoice(invoice.to_dict())

    def invoices_of(self, subscription_id: str) -> Iterator[InvoiceSnapshot]:
        return self._invoices({"subscription": subscription_id})

    def invoices_since(self, moment: datetime) -> Iterator[InvoiceSnapshot]:
        return self._invoices({"created": {"gte": int(moment.timestamp())}})

    def void_invoice(self, invoice_id: str, *, idempotency_key: str) -> InvoiceSnapshot:
        with self._our_errors():
            invoice = self._api.invoices.void_invoice(
                invoice_id,
                {"expand": WITH_INTENT},
                {"idempotency_key": idempotency_key},
            )
            return read_invoice(invoice.to_dict())

    def pay_invoice(self, invoice_id: str) -> InvoiceSnapshot:
        with self._our_errors():
            invoice = self._api.invoices.pay(invoice_id, {"expand": WITH_INTENT})
            return read_invoice(invoice.to_dict())

    def create_setup(
        self, *, customer_id: str, metadata: Mapping[str, str]
    ) -> SetupSnapshot:
        with self._our_errors():
            setup = self._api.setup_intents.create(
                {
                    "customer": customer_id,
                    "usage": "off_session",
                    "automatic_payment_methods": {"enabled": True},
                    "metadata": dict(sorted(metadata.items())),
                }
            )
            return read_setup(setup.to_dict())

    def fetch_setup(self, setup_id: str) -> SetupSnapshot:
        with self._our_errors():
            return read_setup(self._api.setup_intents.retrieve(setup_id).to_dict())

    def open_customer_session(self, customer_id: str) -> str:
        # Saved only when the box of the Payment Element was ticked: consent.
        # https://docs.stripe.com/payments/save-customer-payment-methods
        features = {
            "payment_method_redisplay": "enabled",
            "payment_method_save": "enabled",
            "payment_method_save_usage": "on_session",
            "payment_method_remove": "enabled",
        }
        with self._our_errors():
            session = self._api.customer_sessions.create(
                {
                    "customer": customer_id,
                    "components": {
                        "payment_element": {"enabled": True, "features": features}
                    },
                }
            )
            return str(session.client_secret)

    def _update(
        self, subscription_id: str, change: Mapping[str, Any]
    ) -> SubscriptionSnapshot:
        with self._our_errors():
            subscription = self._api.subscriptions.update(
                subscription_id, {**change, "expand": WITH_CARD}
            )
            return read_subscription(subscription.to_dict())

    def _subscriptions(
        self, which: Mapping[str, Any]
    ) -> Iterator[SubscriptionSnapshot]:
        with self._our_errors():
            page = self._api.subscriptions.list(
                {**which, "limit": PAGE, "expand": ["data.default_payment_method"]}
            )
            for subscription in page.auto_paging_iter():
                yield read_subscription(subscription.to_dict())

    def _invoices(self, which: Mapping[str, Any]) -> Iterator[InvoiceSnapshot]:
        with self._our_errors():
            page = self._api.invoices.list(
                {**which, "limit": PAGE, "expand": ["data.payments"]}
            )
            for invoice in page.auto_paging_iter():
                yield read_invoice(invoice.to_dict())
