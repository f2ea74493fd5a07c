"""Who delivers which topic."""

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
Deliver = Callable[[Payload], None]
_deliverers: dict[str, Deliver] = {}


def delivers(topic: str) -> Callable[[Deliver], Deliver]:
    """Register the one function that delivers messages of `topic`."""

    def register(function: Deliver) -> Deliver:
        if topic in _deliverers:
            raise ValueError(f"Topic {topic!r} already has a deliverer.")
        _deliverers[topic] = function
        return function

    return register


def topics() -> list[str]:
    """Everything there may be a message about."""
    return sorted(_deliverers)


def deliverer_of(topic: str) -> Deliver:
    return _deliverers[topic]
