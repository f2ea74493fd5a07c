"""Forget what nobody needs any more. Each kind of it has a period of its own.

A kind is a function that says how much is due, and forgets it unless the run is dry.
Floors above add theirs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from lumira.audit.recording import record
from lumira.kit.freed_space import wipe_freed_space

logger = logging.getLogger(__name__)

WORKER = "worker"


class NotAllForgotten(Exception):
    """Some kinds could not be looked after, and which; the others were."""


class Forget(Protocol):
    """Forgets what is due, in small transactions; how much. Safe to repeat."""

    def __call__(self, *, dry_run: bool) -> int: ...


@dataclass(frozen=True, slots=True)
class Period:
    """`name` stands in the journal; `title` is French, for who reads the output."""

    name: str
    title: str
    forget: Forget


F = TypeVar("F", bound=Forget)
_periods: dict[str, Period] = {}


def add_period(name: str, title: str) -> Callable[[F], F]:
    """`purge` looks after this kind, too."""

    def register(forget: F) -> F:
        _periods[name] = Period(name, title, forget)
        return forget

    return register


def periods() -> list[Period]:
    return list(_periods.values())


def purge(*, dry_run: bool, by: str) -> dict[str, int]:
    """How much of each kind was due; forgotten, unless `dry_run`. Safe to repeat.

    The journal gets one line, if anything went. One kind that fails does not keep the
    others for longer: raises NotAllForgotten at the end.
    """
    counts, failed = {}, []
    for one in periods():
        try:
            counts[one.name] = one.forget(dry_run=dry_run)
        except Exception as error:
            logger.error("Could not forget %s: %s", one.name, type(error).__name__)
            failed.append(one.name)
    gone = {name: count for name, count in counts.items() if count}
    if gone and not dry_run:
        record("retention.purged", by=by, after=gone)
        wipe_freed_space()
    if failed:
        raise NotAllForgotten(", ".join(failed))
    return counts
