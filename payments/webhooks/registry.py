"""Which function handles which Stripe event."""

from collections.abc import Callable
from enum import StrEnum

from payments.gateway import WebhookEvent


class Outcome(StrEnum):
    """What came of an event; kept in its ledger row."""

    APPLIED = "applied"
    IGNORED = "ignored"  # a type we do not act on
    FOREIGN = "foreign"  # another product of the same Stripe account
    REFUSED = "refused"  # contradicts our books or our mode: nothing was changed


# The change itself. It runs inside the inbox's transaction: no network in it.
Change = Callable[[], Outcome]
# Looks at the event, asks Stripe if need be, and returns the change to make.
Handler = Callable[[WebhookEvent], Change]

_handlers: dict[str, Handler] = {}


def on(*event_types: str) -> Callable[[Handler], Handler]:
    """Register the one handler of these event types."""

    def register(handler: Handler) -> Handler:
        for event_type in event_types:
            if event_type in _handlers:
                raise ValueError(f"{event_type} already has a handler.")
            _handlers[event_type] = handler
        return handler

    return register


def acted_on() -> frozenset[str]:
    """Every type that an endpoint at Stripe must send."""
    return frozenset(_handlers)


def is_acted_on(event_type: str) -> bool:
    return event_type in _handlers


def handler_for(event_type: str) -> Handler:
    return _handlers.get(event_type, _ignore)


def _ignore(event: WebhookEvent) -> Change:
    return lambda: Outcome.IGNORED
