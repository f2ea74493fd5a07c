"""Who delivers which topic."""

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
Deliver = Callable[[Payload], None]


class Unneeded(Exception):
    """Raised by a deliverer: what the message says is not so any more.

    It is done with, and nobody was told. The text is for the log: why, nothing
    personal.
    """


_deliverers: dict[str, Deliver] = {}
_to_customers: set[str] = set()


def delivers(topic: str, *, to_customer: bool = False) -> Callable[[Deliver], Deliver]:
    """Register the one function that delivers messages of `topic`.

    `to_customer`: what it sends goes to the buyer of the order. The others tell the
    staff, or are work that waits.
    """

    def register(function: Deliver) -> Deliver:
        if topic in _deliverers:
            raise ValueError(f"Topic {topic!r} already has a deliverer.")
        _deliverers[topic] = function
        if to_customer:
            _to_customers.add(topic)
        return function

    return register


def topics() -> list[str]:
    """Everything there may be a message about."""
    return sorted(_deliverers)


def customer_topics() -> list[str]:
    """What customers are told."""
    return sorted(_to_customers)


def deliverer_of(topic: str) -> Deliver:
    return _deliverers[topic]
