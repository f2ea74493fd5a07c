"""Every fault in a person's words: what happens, and what it can be told."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FaultWords:
    """`options` are what the fault can be told beside nth and count, with defaults."""

    title: str
    explanation: str
    options: dict[str, Any] = field(default_factory=dict)


_HOLD = {"seconds": 30}

# In the order of how often one wants them.
CALL_FAULT_WORDS = {
    "timeout_after": FaultWords(
        "No answer, done all the same",
        "The effect happens and its events go out, but the caller waits in vain. The "
        "same Idempotency-Key finds the answer.",
        _HOLD,
    ),
    "reset_after": FaultWords(
        "Cut off, done all the same",
        "The effect happens, then the connection breaks before the answer.",
    ),
    "truncated_after": FaultWords(
        "Half an answer",
        "The effect happens; headers promise a whole body and half of it comes.",
    ),
    "timeout_before": FaultWords(
        "No answer, nothing done",
        "The call is swallowed: no effect, silence until the caller gives up.",
        _HOLD,
    ),
    "reset_before": FaultWords(
        "Cut off, nothing done",
        "The connection breaks before anything happens.",
    ),
    "500": FaultWords(
        "500, nothing done",
        "An internal error instead of the effect. Kept: the same Idempotency-Key gets "
        "it again.",
    ),
    "500_after": FaultWords(
        "500, done all the same",
        "The effect happens and the answer is an internal error, kept for its key.",
    ),
    "503": FaultWords(
        "503, come back later",
        "Stripe is not available. Nothing happens and nothing is kept.",
    ),
    "429": FaultWords(
        "429, too many requests",
        "The rate limit. The SDK tries again only if the server says so.",
        {"should_retry": False},
    ),
    "conflict": FaultWords(
        "409, key in flight",
        "Another call with the same Idempotency-Key is still running, it says.",
    ),
    "slow": FaultWords(
        "Slow",
        "The right answer, late. Its Idempotency-Key is in flight meanwhile.",
        {"seconds": 2},
    ),
    "html": FaultWords(
        "A proxy's page",
        "HTML instead of JSON, as from something on the way.",
        {"status": 502},
    ),
}

EVENT_FAULT_WORDS = {
    "drop": FaultWords(
        "Lost",
        "Never sent. Only asking Stripe reveals what happened; it can be resent here.",
    ),
    "double_same_id": FaultWords(
        "Twice, same id",
        "The same event arrives two times, as Stripe warns.",
    ),
    "double_new_id": FaultWords(
        "Twice, two ids",
        "One change is told by two events with ids of their own.",
    ),
    "delay": FaultWords("Late", "The first try waits.", {"seconds": 5}),
    "reorder": FaultWords(
        "Overtaken",
        "The event waits until the next one to the same endpoint has arrived.",
        {"seconds": 5},
    ),
    "before_answer": FaultWords(
        "Before the answer",
        "The shop hears of it before its own call has been answered.",
    ),
    "concurrent": FaultWords(
        "All at once",
        "Copies of the event arrive at the same moment.",
        {"copies": 2},
    ),
    "old_signature": FaultWords(
        "Old signature",
        "Signed ten minutes ago: beyond what a shop should accept. The retry is sound.",
    ),
    "wrong_secret": FaultWords(
        "A stranger's signature",
        "Signed with another secret. The retry is sound.",
    ),
    "two_signatures": FaultWords(
        "Two signatures",
        "A stranger's and ours, as while a secret is being rolled.",
    ),
    "livemode": FaultWords(
        "From live mode",
        "Well signed, but it says livemode: true.",
    ),
    "old_api_version": FaultWords(
        "Of an older version",
        "Well signed, but rendered by an API version of years ago.",
    ),
    "unknown_type": FaultWords(
        "Of an unknown type",
        "Well signed, of a type that does not exist.",
    ),
    "unknown_intent": FaultWords(
        "About a stranger",
        "Well signed, about an intent that nobody here knows.",
    ),
}
