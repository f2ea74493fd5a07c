"""What an engine must do for the floor, and for which tables it makes new rows."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

NEW_ROWS = (
    "payments_processedevent",
    "orders_order",
    "orders_orderevent",
    "payments_payment",
    "outbox_message",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A new order. Ids are UUIDs as text."""

    order_id: str
    payment_id: str
    number: str
    email: str


class Statements(ABC):
    """Every row it writes is a copy of one of the product's, with ids of its own."""

    taken: type[Exception]  # what the driver raises for a key that is there already

    @abstractmethod
    def is_processed(self, event_id: str) -> bool: ...

    @abstractmethod
    def settle(self, event_id: str, intent_id: str) -> None:
        """Event, payment, order, history and outbox in one transaction."""

    @abstractmethod
    def place(self, wanted: Wanted) -> None:
        """Order, history and payment in one transaction."""

    @abstractmethod
    def remember_intent(self, payment_id: str, intent_id: str) -> None: ...

    @abstractmethod
    def service(self, slug: str) -> tuple[Any, ...]:
        """Id, name, price and currency."""

    @abstractmethod
    def order(self, order_id: str) -> tuple[Any, ...]:
        """What a poll is told; the last is the intent's id."""

    @abstractmethod
    def catalogue(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Services and experts on sale."""
