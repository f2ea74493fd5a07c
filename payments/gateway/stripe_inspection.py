"""The questions of `manage.py doctor`, in Stripe's words.

A part of StripeGateway, which lends it the SDK's client and its errors.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from payments.gateway.base import GatewayError
from payments.gateway.base_inspection import AccountSnapshot, EndpointSnapshot

PAGE = 100
# The lists that the shop reads, by the names of a restricted key's rights.
READ = {
    "PaymentIntents": "payment_intents",
    "SetupIntents": "setup_intents",
    "Refunds": "refunds",
    "Customers": "customers",
    "Products": "products",
    "Prices": "prices",
    "Subscriptions": "subscriptions",
    "Invoices": "invoices",
    "Disputes": "disputes",
    "Events": "events",
    "Early fraud warnings": "radar.early_fraud_warnings",
    "Webhook endpoints": "webhook_endpoints",
}


class StripeInspection:
    def __init__(
        self,
        api: Any,
        errors: Callable[[], AbstractContextManager[None]],
        *,
        api_version: str,
    ) -> None:
        self._api = api
        self._our_errors = errors
        self.api_version = api_version

    def fetch_account(self) -> AccountSnapshot:
        with self._our_errors():
            account = self._api.accounts.retrieve_current()
            return AccountSnapshot(
                account_id=account.id,
                charges_enabled=bool(account.charges_enabled),
                answered_at=_moment_of(account.last_response),
            )

    def webhook_endpoints(self) -> Iterator[EndpointSnapshot]:
        with self._our_errors():
            page = self._api.webhook_endpoints.list({"limit": PAGE})
            for endpoint in page.auto_paging_iter():
                yield EndpointSnapshot(
                    endpoint_id=endpoint.id,
                    url=endpoint.url,
                    is_enabled=endpoint.status == "enabled",
                    livemode=endpoint.livemode,
                    api_version=endpoint.api_version or "",
                    events=frozenset(endpoint.enabled_events),
                )

    def undelivered(self, since: datetime) -> Iterator[tuple[str, str]]:
        with self._our_errors():
            page = self._api.events.list(
                {
                    "created": {"gte": int(since.timestamp())},
                    "delivery_success": False,
                    "limit": PAGE,
                }
            )
            for event in page.auto_paging_iter():
                yield event.id, event.type

    def forbidden_reads(self) -> list[str]:
        return [name for name, path in READ.items() if self._is_forbidden(path)]

    def _is_forbidden(self, path: str) -> bool:
        resource = self._api
        for part in path.split("."):
            resource = getattr(resource, part)
        try:
            with self._our_errors():
                resource.list({"limit": 1})
        except GatewayError as problem:
            if "PermissionError" in str(problem):
                return True
            raise
        return False


def _moment_of(response: Any) -> datetime | None:
    """By the Date header, which every answer of Stripe's has."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        return parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return None
