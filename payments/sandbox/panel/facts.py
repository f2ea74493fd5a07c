"""What does not change while the sandbox runs: test cards, faults, routes, statuses."""

from dataclasses import asdict
from functools import cache

from django.http import HttpRequest

from payments.sandbox.api_version import API_VERSION
from payments.sandbox.cards import TOKENS
from payments.sandbox.controls.json_views import control
from payments.sandbox.machines.disputes import STATUSES
from payments.sandbox.panel.card_words import described_cards
from payments.sandbox.panel.fault_words import (
    CALL_FAULT_WORDS,
    EVENT_FAULT_WORDS,
    FaultWords,
)
from payments.sandbox.resources import ROUTES
from payments.sandbox.store import Json


@control("GET")
def facts(request: HttpRequest, asked: Json) -> Json:
    """Read once by the panel when it starts."""
    return _facts()


@cache
def _facts() -> Json:
    return {
        "api_version": API_VERSION,
        "cards": described_cards(),
        "tokens": TOKENS,
        "call_faults": _named(CALL_FAULT_WORDS),
        "event_faults": _named(EVENT_FAULT_WORDS),
        "routes": [endpoint.route for endpoint in ROUTES.endpoints],
        "dispute_statuses": list(STATUSES),
    }


def _named(words: dict[str, FaultWords]) -> list[Json]:
    return [{"name": name, **asdict(said)} for name, said in words.items()]
