"""The figures as tables of docs/performance.md, between two marks that stay."""

import os
import platform
import statistics
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.load import CLIENTS
from tests.bench.shop import THREADS, WORKERS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
GROWTH_AT_MOST = 1.2
START_S, WORKER_MB = 2.0, 130.0
Figures = dict[str, Any]


def write_report(by_engine: dict[str, Figures], page: Path = PAGE) -> None:
    """Put the tables in the place of the last ones. Raises ValueError without marks."""
    text = page.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page.name} has no {BEGIN} … {END}.")
    page.write_text(f"{before}{BEGIN}\n{report(by_engine)}\n{END}{after}")


def report(by_engine: dict[str, Figures]) -> str:
    """What was measured on which machine; ✓ and ✗ say what reached its target."""
    parts = [_machine(), _scenarios(by_engine)]
    grown = {name: told for name, told in by_engine.items() if "growth" in told}
    if grown:
        parts += [_growth(grown), _admin(grown), _weight(grown)]
    return "\n\n".join(parts)


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, shared by all: gunicorn with {WORKERS} processes of "
        f"{THREADS} threads, the database, the stub of Stripe and {CLIENTS} clients on "
        f"kept-open connections. Python {platform.python_version()}. Every commit "
        "waits for the disk. ✓ reached what was wanted, ✗ did not."
    )


def _table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(columns)
    lines = [title, "", _row(["", *heads]), f"|{'---|' * (len(heads) + 1)}"]
    return "\n".join([*lines, *map(_row, rows)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _mark(is_reached: bool) -> str:
    return "✓" if is_reached else "✗"


def _scenarios(by_engine: dict[str, Figures]) -> str:
    first = next(iter(by_engine.values()))["scenarios"]
    return _table(
        "**Beside the bare application**: requests a second, product of floor, and the "
        "ratio (median; least–most of the rounds).",
        ["wanted", *by_engine],
        (
            [
                name,
                "" if told["target"] is None else f"≥ {told['target']:.1f}",
                *(_ratio(one["scenarios"].get(name)) for one in by_engine.values()),
            ]
            for name, told in first.items()
        ),
    )


def _ratio(told: Figures | None) -> str:
    if not told:
        return ""
    ours, theirs = (statistics.median(told[who]) for who in ("product", "floor"))
    ratios = told["ratios"]
    middle = statistics.median(ratios)
    mark = "" if told["target"] is None else f" {_mark(middle >= told['target'])}"
    return (
        f"{ours:.0f} of {theirs:.0f}: **{middle:.2f}**{mark} "
        f"({min(ratios):.2f}–{max(ratios):.2f})"
    )


def _growth(by_engine: dict[str, Figures]) -> str:
    rows = []
    for engine, told in by_engine.items():
        for name, by_size in told["growth"].items():
            few, *more = sorted(by_size, key=int)
            for size in more:
                rows.append([name, engine, *_grown(by_size, few, size)])
    return _table(
        "**Growth**: milliseconds that a request takes when eight ask at once, and in "
        f"times of the smallest shop's (median; wanted ≤ {GROWTH_AT_MOST}).",
        ["engine", "orders", "smallest", "grown", "times"],
        rows,
    )


def _grown(by_size: dict[str, list[float]], few: str, size: str) -> list[str]:
    before, after = (statistics.median(by_size[one]) for one in (few, size))
    # Rounds took turns: the quotient of each is steadier than that of the medians.
    times = statistics.median(
        grown / small for grown, small in zip(by_size[size], by_size[few], strict=True)
    )
    return [
        f"{int(few):,} → {int(size):,}",
        f"{before:.1f}",
        f"{after:.1f}",
        f"**{times:.2f}** {_mark(times <= GROWTH_AT_MOST)}",
    ]


def _admin(by_engine: dict[str, Figures]) -> str:
    pages = next(iter(by_engine.values()))["admin"]
    return _table(
        "**The staff's pages**: milliseconds of the whole answer (median of five; best–"
        "worst) and its queries.",
        ["wanted", *(f"{name}, {one['orders']:,}" for name, one in by_engine.items())],
        (
            [
                page["page"],
                f"< {page['target']:.0f} ms",
                *(_page(told["admin"][number]) for told in by_engine.values()),
            ]
            for number, page in enumerate(pages)
        ),
    )


def _page(told: Figures) -> str:
    return (
        f"**{told['median']:.0f}** {_mark(told['median'] < told['target'])} "
        f"({told['best']:.0f}–{told['worst']:.0f}), {told['queries']}"
    )


def _weight(by_engine: dict[str, Figures]) -> str:
    return _table(
        "**Weight**: of a process with the packages of a deployment, after every kind "
        "of page and payment; what the workers share is counted with each, and then in "
        "parts.",
        [
            "import",
            "modules",
            f"start to first answer (< {START_S:.0f} s)",
            f"a worker's memory (< {WORKER_MB:.0f} MB)",
            "its part",
        ],
        (
            [
                engine,
                f"{told['weight']['import_s']:.2f} s",
                str(told["weight"]["modules"]),
                f"{told['weight']['first_answer_s']:.2f} s "
                f"{_mark(told['weight']['first_answer_s'] < START_S)}",
                f"{told['weight']['worker_mb']:.0f} MB "
                f"{_mark(told['weight']['worker_mb'] < WORKER_MB)}",
                f"{told['weight']['own_mb']:.0f} MB",
            ]
            for engine, told in by_engine.items()
        ),
    )
