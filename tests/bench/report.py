"""The figures as tables of docs/performance.md, between two marks that stay."""

import statistics
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
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
    parts = [_scenarios(by_engine)]
    grown = {name: told for name, told in by_engine.items() if "growth" in told}
    if grown:
        parts += [_growth(grown), _admin(grown), _weight(grown)]
    return "\n\n".join(parts)


def _scenarios(by_engine: dict[str, Figures]) -> str:
    rows = [
        "Requests a second, product of floor, and the ratio (median; least–most of the "
        "rounds).",
        "",
        f"| | wanted | {' | '.join(by_engine)} |",
        f"|---|---|{'---|' * len(by_engine)}",
    ]
    for name, first in next(iter(by_engine.values()))["scenarios"].items():
        wanted = "" if first["target"] is None else f"{first['target']:.1f}"
        cells = [_cell(told["scenarios"].get(name)) for told in by_engine.values()]
        rows.append(f"| {name} | {wanted} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(told: Figures | None) -> str:
    if not told:
        return ""
    ours, theirs = (statistics.median(told[who]) for who in ("product", "floor"))
    ratios = told["ratios"]
    return (
        f"{ours:.0f} of {theirs:.0f}: **{statistics.median(ratios):.2f}** "
        f"({min(ratios):.2f}–{max(ratios):.2f})"
    )


def _growth(by_engine: dict[str, Figures]) -> str:
    rows = [
        "Time of a request when the shop has grown, in times of that with the fewest "
        "orders (wanted: 1.2 at most).",
        "",
        "| | engine | orders | time |",
        "|---|---|---|---|",
    ]
    for engine, told in by_engine.items():
        for name, by_size in told["growth"].items():
            sizes = sorted(by_size, key=int)
            for size in sizes[1:]:
                times = by_size[size] / by_size[sizes[0]]
                rows.append(f"| {name} | {engine} | {int(size):,} | {times:.2f} |")
    return "\n".join(rows)


def _admin(by_engine: dict[str, Figures]) -> str:
    rows = [
        "Pages of the staff at the greatest size: milliseconds (median) and queries.",
        "",
        f"| | wanted | {' | '.join(by_engine)} |",
        f"|---|---|{'---|' * len(by_engine)}",
    ]
    for number, page in enumerate(next(iter(by_engine.values()))["admin"]):
        cells = [
            f"{told['admin'][number]['median']:.0f} ms, "
            f"{told['admin'][number]['queries']}"
            for told in by_engine.values()
        ]
        rows.append(f"| {page['page']} | {page['target']:.0f} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _weight(by_engine: dict[str, Figures]) -> str:
    rows = [
        "| | import | modules | start to first answer | memory of a worker |",
        "|---|---|---|---|---|",
    ]
    for engine, told in by_engine.items():
        weight = told["weight"]
        rows.append(
            f"| {engine} | {weight['import_s']:.2f} s | {weight['modules']} | "
            f"{weight['first_answer_s']:.2f} s | {weight['worker_mb']:.0f} MB |"
        )
    return "\n".join(rows)
