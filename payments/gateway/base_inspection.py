"""What `manage.py doctor` asks of Stripe: how the account is set up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AccountSnapshot:
    """`answered_at` is Stripe's clock as its answer's header has it; None if unread."""

    account_id: str
    charges_enabled: bool
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndpointSnapshot:
    """Where Stripe posts events. No version is the account's default one."""

    endpoint_id: str
    url: str
    is_enabled: bool
    livemode: bool
    api_version: str
    events: frozenset[str]


class Inspection(Protocol):
    """Reads only. Every call may raise GatewayError; nobody is alerted of it."""

    @property
    def api_version(self) -> str:
        """The one that we speak: the SDK's."""

    def fetch_account(self) -> AccountSnapshot: ...

    def webhook_endpoints(self) -> Iterator[EndpointSnapshot]: ...

    def undelivered(self, since: datetime) -> Iterator[tuple[str, str]]:
        """Id and type of what no endpoint has answered with success, newest first."""

    def forbidden_reads(self) -> list[str]:
        """What our key may not read of what the shop needs. Empty for a full key."""
