"""How often paying works, and why it does not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from payments.dashboard.period import Period, Span
from payments.models import Payment
from payments.status import PaymentStatus


@dataclass(frozen=True, slots=True)
class Codes:
    """Stripe's two words for one failure; the second knows better, if there is one."""

    failure_code: str
    decline_code: str


@dataclass(slots=True)
class Tally:
    """Attempts that began in one stretch of time, by how they stand now.

    An attempt has ended when it was collected, or when the last try on it was
    refused and nobody has succeeded since, whether it is still open or was given up.
    The two rates are parts of those and make 100 % together. `undecided` ones are in
    neither: still open, or given up, without a refusal.
    """

    succeeded: int = 0
    failed: int = 0
    undecided: int = 0

    @property
    def ended(self) -> int:
        return self.succeeded + self.failed

    @property
    def success_permille(self) -> int | None:
        return None if not self.ended else _permille(self.succeeded, self.ended)

    @property
    def failure_permille(self) -> int | None:
        good = self.success_permille
        return None if good is None else 1000 - good


@dataclass(slots=True)
class Attempts:
    now: Tally = field(default_factory=Tally)
    before: Tally = field(default_factory=Tally)
    # Of the present period, the most frequent first.
    failures: list[tuple[Codes, int]] = field(default_factory=list)


def attempts(period: Period) -> Attempts:
    """Attempts by the moment they began. One query: a row for each state and code."""
    found = Attempts()
    reasons: Counter[Codes] = Counter()
    rows = _by_state_and_code(
        Span(period.before.start, period.now.end),
        number=Count("pk", filter=period.now.holds("created_at")),
        number_before=Count("pk", filter=period.before.holds("created_at")),
    )
    for row in rows:
        _count(found.now, row, row["number"])
        _count(found.before, row, row["number_before"])
        _note_reason(reasons, row)
    found.failures = _ranked(reasons)
    return found


def tally(span: Span) -> tuple[Tally, list[tuple[Codes, int]]]:
    """The attempts that began in `span`, and why they failed. One query."""
    found, reasons = Tally(), Counter[Codes]()
    for row in _by_state_and_code(span, number=Count("pk")):
        _count(found, row, row["number"])
        _note_reason(reasons, row)
    return found, _ranked(reasons)


def _by_state_and_code(span: Span, **numbers: Count) -> Iterable[Mapping[str, Any]]:
    begun = Payment.objects.filter(span.holds("created_at"))
    rows = begun.values("status", "failure_code", "decline_code").annotate(**numbers)
    return rows.order_by()


def _note_reason(reasons: Counter[Codes], row: Mapping[str, Any]) -> None:
    if _failed(row):
        reasons[Codes(row["failure_code"], row["decline_code"])] += row["number"]


def _ranked(reasons: Counter[Codes]) -> list[tuple[Codes, int]]:
    """The most frequent first, without those that only the time before knows."""
    return sorted(
        (+reasons).items(),
        key=lambda item: (-item[1], item[0].decline_code, item[0].failure_code),
    )


def _count(tally: Tally, row: Mapping[str, Any], number: int) -> None:
    if row["status"] == PaymentStatus.COMPLETED:
        tally.succeeded += number
    elif _failed(row):
        tally.failed += number
    else:
        tally.undecided += number


def _failed(row: Mapping[str, Any]) -> bool:
    """Refused, and not taken up again: then Stripe would have forgotten the code."""
    if row["status"] == PaymentStatus.FAILED:
        return True
    refused = bool(row["failure_code"] or row["decline_code"])
    return row["status"] == PaymentStatus.CANCELLED and refused


def _permille(part: int, whole: int) -> int:
    return (2 * 1000 * part + whole) // (2 * whole)
