"""Who wants to hear of what went wrong between Stripe and us."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StripeProblem:
    """No answer, a refused key, a request Stripe did not understand: no card's error.

    `kind` is one of few words; nothing here is personal.
    """

    kind: str
    code: str
    status: int
    request_id: str


Listener = Callable[[StripeProblem], None]
_listeners: list[Listener] = []


def on_stripe_problem(listener: Listener) -> Listener:
    """Tell this function of every problem. It must not raise. A repeat is nothing."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_of_problem(
    kind: str, code: str = "", status: int = 0, request_id: str | None = None
) -> None:
    problem = StripeProblem(kind, code, status, request_id or "")
    for listener in _listeners:
        listener(problem)
