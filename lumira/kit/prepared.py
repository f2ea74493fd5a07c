"""Reads whose shape never changes: Django writes their SQL once in each process.

Writing it is most of what reading one row costs: of 470 µs for a payment with its order
and service the database took 15. `docs/performance.md` has the figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
R = TypeVar("R")
Value = str | UUID


@dataclass(frozen=True, slots=True)
class _Written:
    """SQL, which of its parameters is which argument (its number), and how what it
    answers becomes values."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: dict[int, int]
    converters: Any

    def rows(self, values: tuple[Value, ...]) -> list[Any]:
        rows, here = self.queryset.all(), connections[DEFAULT_DB_ALIAS]
        parameters = list(self.parameters)
        for place, number in self.places.items():
            parameters[place] = _as_parameter(values[number], here)
        # A connection is one thread's; all else of a compiler is only read by now.
        compiler: Any = object.__new__(type(self.compiler))
        compiler.__dict__.update(self.compiler.__dict__, connection=here)
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, tuple(parameters))
        compiler.get_converters = lambda _columns: self.converters
        query: Any = rows.query
        query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(rows)


def prepared(build: Callable[..., QuerySet[M, R]]) -> Callable[..., list[R]]:
    """Decorator: `build` makes a queryset of texts and UUIDs; what it makes is read.

    `build` is called once for its SQL, so that it may use its arguments only as values
    to compare with (anything else raises ValueError at the first call), and nothing
    that changes, like the time. Other types, None above all, raise TypeError. On
    MongoDB, where there is no SQL, it is called each time.
    """
    written: dict[tuple[str, tuple[type, ...]], _Written] = {}

    @wraps(build)
    def read(*values: Value) -> list[R]:
        kinds = tuple(map(type, values))
        vendor = connection.vendor
        if vendor == "mongodb":
            return list(build(*values))
        found = written.get((vendor, kinds))
        if found is None:
            # Two threads may both write it: it is the same.
            found = written[vendor, kinds] = _write(build, kinds)
        return found.rows(values)

    return read


def _write(
    build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...]
) -> _Written:
    marks = [_mark(kind, number) for number, kind in enumerate(kinds)]
    queryset = build(*marks)
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    numbers = {_as_parameter(mark, connection): n for n, mark in enumerate(marks)}
    places = {
        place: numbers[one]
        for place, one in enumerate(parameters)
        if isinstance(one, Value) and one in numbers
    }
    if set(places.values()) != set(range(len(marks))):
        raise ValueError(f"Not every argument of {build.__name__} is in its SQL.")
    columns = [column for column, _sql, _alias in compiler.select]
    converters = compiler.get_converters(columns)
    return _Written(queryset, compiler, sql, tuple(parameters), places, converters)


def _mark(kind: type, number: int) -> Value:
    """A value that stands for an argument, and that nobody means."""
    mark = UUID(int=0x10FF_ACED_0000_0000_0000_0000_0000_0000 + number)
    if kind is UUID:
        return mark
    if kind is str:
        return f"argument {mark}"
    raise TypeError(f"Texts and UUIDs can be compared with, not {kind.__name__}.")


def _as_parameter(value: Value, connection: BaseDatabaseWrapper) -> Value:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
