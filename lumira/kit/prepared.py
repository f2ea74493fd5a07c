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
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

M = TypeVar("M", bound=Model)
R = TypeVar("R")
Value = str | UUID


@dataclass(frozen=True, slots=True)
class _Written:
    """SQL, which of its parameters is which argument (its number), and how what it
    answers becomes values, and those what the queryset gives."""

    sql: str
    parameters: tuple[Any, ...]
    places: dict[int, int]
    converters: tuple[tuple[int, Any, Any], ...]
    made_of: Callable[[list[Any]], list[Any]]

    def rows(self, values: tuple[Value, ...]) -> list[Any]:
        here = connections[DEFAULT_DB_ALIAS]
        parameters = list(self.parameters)
        for place, number in self.places.items():
            parameters[place] = _as_parameter(values[number], here)
        with here.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self._converted(list(row), here) for row in rows]
        return self.made_of(rows)

    def _converted(self, row: list[Any], here: BaseDatabaseWrapper) -> list[Any]:
        for place, converters, expression in self.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, here)
        return row


def prepared(build: Callable[..., QuerySet[M, R]]) -> Callable[..., list[R]]:
    """Decorator: `build` makes a queryset of texts and UUIDs; what it makes is read.

    Of models (without annotations and prefetches: TypeError) or of lists of values.
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
    converters = tuple(
        (place, *told) for place, told in compiler.get_converters(columns).items()
    )
    made_of = _made_of(queryset, compiler)
    return _Written(sql, tuple(parameters), places, converters, made_of)


def _made_of(
    queryset: Any,
    compiler: Any,
) -> Callable[[list[Any]], list[Any]]:
    """As the iterables of django.db.models.query do it, which write the SQL as well."""
    kind = queryset._iterable_class
    if kind is FlatValuesListIterable:
        return lambda rows: [row[0] for row in rows]
    if kind is ValuesListIterable:
        return lambda rows: [tuple(row) for row in rows]
    is_plain = kind is ModelIterable and not (
        compiler.annotation_col_map or queryset._prefetch_related_lookups
    )
    if not is_plain:
        raise TypeError("Models, with joins, and lists of values can be prepared.")
    about = compiler.klass_info
    model, places = about["model"], about["select_fields"]
    begin, end = places[0], places[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[begin:end]]
    populators: Any = get_related_populators  # django-stubs know another Django's
    related = populators(about, compiler.select, DEFAULT_DB_ALIAS)

    def models(rows: list[Any]) -> list[Any]:
        found = []
        for row in rows:
            instance = model.from_db(DEFAULT_DB_ALIAS, names, row[begin:end])
            for populator in related:
                populator.populate(row, instance)
            found.append(instance)
        return found

    return models


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
