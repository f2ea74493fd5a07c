"""Which tables the shop reads from end to end, as the database itself says.

SQLite and PostgreSQL are asked for the plan of each statement that was sent; MongoDB
is asked what it did, by its profiler. The same three things count everywhere: a table
read row by row, a whole index read, and an index followed until enough rows match.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Index, UniqueConstraint


@dataclass(frozen=True, slots=True)
class Scan:
    """A statement that reads all rows of `table`, or may have to."""

    table: str
    plan: str
    statement: str

    def __str__(self) -> str:
        return f"{self.table}: {self.plan}\n    {self.statement[:1500]}"


def scans_of(action: Callable[[], object], tables: Iterable[str]) -> list[Scan]:
    """Do it, and say which of `tables` it had to read from end to end.

    How many rows a table has in all is not asked: a list that says so must count.
    """
    look = _profiled if connection.vendor == "mongodb" else _explained
    return [scan for scan in look(action) if scan.table in set(tables)]


def _partial_indexes() -> set[str]:
    """They hold the rows they are for, and no others: reading one whole is right."""
    return {
        one.name
        for model in apps.get_models()
        for one in (*model._meta.indexes, *model._meta.constraints)
        if isinstance(one, Index | UniqueConstraint) and one.condition is not None
    }


def _explained(action: Callable[[], object]) -> Iterator[Scan]:
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "UPDATE", "DELETE")) and not _counts_all(sql):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        action()
    explain = _explain_sqlite if connection.vendor == "sqlite" else _explain_postgresql
    for sql, params in sent:
        for table, plan in explain(sql, params):
            yield Scan(table, plan, f"{sql} {params}")


def _counts_all(sql: str) -> bool:
    return re.fullmatch(r'SELECT COUNT\(\*\) AS "__count" FROM "\w+"', sql) is not None


def _explain_sqlite(sql: str, params: Any) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[3] for row in cursor.fetchall()]
    is_sorted_here = "USE TEMP B-TREE FOR ORDER BY" in steps
    stops_early = " LIMIT " in sql and " WHERE " not in sql and not is_sorted_here
    for step in steps:
        scanned = re.match(r"SCAN (\w+)(?: USING .*INDEX (\w+))?", step)
        if scanned and not stops_early and scanned[2] not in _partial_indexes():
            yield scanned[1], step


def _explain_postgresql(sql: str, params: Any) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        [found] = cursor.fetchone()
    plans = json.loads(found) if isinstance(found, str) else found
    yield from _nodes(plans[0]["Plan"], table="", is_limited=False)


def _nodes(
    node: dict[str, Any], *, table: str, is_limited: bool
) -> Iterator[tuple[str, str]]:
    kind = node["Node Type"]
    table = node.get("Relation Name", table)
    is_partial = node.get("Index Name") in _partial_indexes()
    is_walk = "Index" in kind and "Index Cond" not in node and not is_partial
    stops_early = is_limited and "Filter" not in node
    if kind == "Seq Scan" and not stops_early:
        yield table, f"Seq Scan {node.get('Filter', '')}"
    elif is_walk and not stops_early:
        yield table, f"{kind} {node.get('Index Name')} {node.get('Filter', '')}"
    # What sorts has to read everything first, unless it only puts ties in order.
    is_limited = (is_limited or kind == "Limit") and kind not in {"Sort", "Aggregate"}
    for inner in node.get("Plans", []):
        yield from _nodes(inner, table=table, is_limited=is_limited)


def _profiled(action: Callable[[], object]) -> Iterator[Scan]:
    with _profiler():
        action()
    for done in list(connection.database["system.profile"].find()):
        table = done["ns"].partition(".")[2]
        command = done.get("command", {})
        if table == "system.profile" or not _is_a_question(done["op"], command):
            continue
        stages = command.get("pipeline", [])
        asked = [stage for stage in stages if "$match" in stage]
        is_filtered = bool(asked or command.get("filter") or command.get("q"))
        if not is_filtered and _counts_all_documents(stages):
            continue
        read = max(done.get("docsExamined", 0), done.get("keysExamined", 0))
        plan = done.get("planSummary", "")
        reads_all = read >= connection.database[table].estimated_document_count() > 0
        if reads_all or (is_filtered and "COLLSCAN" in plan):
            yield Scan(table, f"{plan}, {read} read", json.dumps(command, default=str))


def _is_a_question(operation: str, command: dict[str, Any]) -> bool:
    if operation == "command":
        return "aggregate" in command
    return operation in {"query", "update", "remove", "getmore"}


def _counts_all_documents(stages: list[dict[str, Any]]) -> bool:
    return bool(stages) and "__count" in json.dumps(stages[0].get("$facet", ""))


@contextmanager
def _profiler() -> Iterator[None]:
    """MongoDB writes down everything that is done inside."""
    database = connection.database
    database.drop_collection("system.profile")
    database.create_collection("system.profile", capped=True, size=64 * 1024 * 1024)
    database.command("profile", 2)
    try:
        yield
    finally:
        database.command("profile", 0)
