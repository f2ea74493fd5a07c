"""Rows saved and changed by SQL that Django need not write anew each time.

It was a third of what settling an order cost: `docs/performance.md`. Reads are in
`prepared.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import AutoField, Field, Model
from django.db.models.signals import post_save, pre_save

AnyField = Field[Any, Any]


@dataclass(frozen=True, slots=True)
class _Insert:
    sql: str
    fields: tuple[AnyField, ...]


@dataclass(frozen=True, slots=True)
class _Update:
    sql: str
    changed: tuple[AnyField, ...]
    compared: tuple[AnyField, ...]


def insert(row: Model) -> None:
    """As `row.save(force_insert=True)`: a new row, in the default database.

    Raises IntegrityError, like it, when the key or a constraint is taken. Where a model
    or a value is not plain (a key that the database gives, an expression, somebody
    who listens for saves, MongoDB) it is Django that saves.
    """
    if _insert(row, unless_there="") is None:
        row.save(force_insert=True)


def insert_unless_there(row: Model, *, field: str) -> bool:
    """The same, but False where another row has this value of a unique field.

    One statement, so that of two at once one waits for the other and finds it there;
    where Django saves, it looks first, and the slower one gets IntegrityError.
    """
    inserted = _insert(row, unless_there=field)
    if inserted is not None:
        return bool(inserted)
    if type(row)._base_manager.filter(**{field: getattr(row, field)}).exists():
        return False
    row.save(force_insert=True)
    return True


def update_where(
    model: type[Model], where: Mapping[str, object], changes: Mapping[str, object]
) -> int:
    """How many rows of `model`, having these values, have those now.

    As `filter(**where).update(**changes)`, for names of fields and plain values: an
    expression among the changes is Django's to write.
    """
    names, told = tuple(where), tuple(changes)
    nothing = _none_of(where), _none_of(changes)
    written = _update_of(model, connection.vendor, names, told, *nothing)
    if written is None or any(map(_is_expression, changes.values())):
        return model._base_manager.filter(**where).update(**changes)
    given = [value for value in changes.values() if value is not None]
    wanted = [value for value in where.values() if value is not None]
    return _execute(
        written.sql,
        _as_saved(written.changed, given) + _as_saved(written.compared, wanted),
    )


def _none_of(values: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in values.items() if value is None)


def _insert(row: Model, *, unless_there: str) -> int | None:
    """How many rows were inserted; None, and none was, where Django has to do it."""
    model = type(row)
    written = _insert_of(model, connection.vendor, unless_there)
    if written is None or _is_listened_to(model):
        return None
    values = [field.pre_save(row, add=True) for field in written.fields]
    if any(map(_is_expression, values)):
        return None
    inserted = _execute(written.sql, _as_saved(written.fields, values))
    if inserted:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return inserted


@cache
def _insert_of(model: type[Model], vendor: str, unless_there: str) -> _Insert | None:
    """None where Django has to write it."""
    meta = model._meta
    fields = tuple(field for field in meta.local_concrete_fields if not field.generated)
    is_plain = not meta.parents and not isinstance(meta.pk, AutoField)
    if not is_plain or not _are_plain(vendor, fields):
        return None
    columns = ", ".join(_column(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Names of our own models' tables and columns.
    sql = f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})"  # noqa: S608
    if unless_there:
        taken = _column(meta.get_field(unless_there))
        sql += f" ON CONFLICT ({taken}) DO NOTHING"
    return _Insert(sql, fields)


@cache
def _update_of(
    model: type[Model],
    vendor: str,
    compared: tuple[str, ...],
    changed: tuple[str, ...],
    compared_none: frozenset[str],
    changed_none: frozenset[str],
) -> _Update | None:
    """The same, for one choice of fields; `…_none`: those whose value is None."""
    set_fields, where_fields = _named(model, changed), _named(model, compared)
    is_plain = not model._meta.parents
    fields = (*set_fields.values(), *where_fields.values())
    if not is_plain or not _are_plain(vendor, fields):
        return None
    settings = ", ".join(
        f"{_column(field)} = {'NULL' if name in changed_none else '%s'}"
        for name, field in set_fields.items()
    )
    conditions = " AND ".join(
        f"{_column(field)} {'IS NULL' if name in compared_none else '= %s'}"
        for name, field in where_fields.items()
    )
    return _Update(
        f"UPDATE {_table(model)} SET {settings} WHERE {conditions}",  # noqa: S608
        tuple(f for name, f in set_fields.items() if name not in changed_none),
        tuple(f for name, f in where_fields.items() if name not in compared_none),
    )


def _named(model: type[Model], names: tuple[str, ...]) -> dict[str, AnyField]:
    meta = model._meta
    return {name: meta.pk if name == "pk" else meta.get_field(name) for name in names}  # type: ignore[misc]


def _are_plain(vendor: str, fields: tuple[AnyField, ...]) -> bool:
    """One value each, and SQL that is the same for all of its values."""
    return vendor != "mongodb" and not any(
        hasattr(field, "get_placeholder") for field in fields
    )


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _is_listened_to(model: type[Model]) -> bool:
    return pre_save.has_listeners(model) or post_save.has_listeners(model)


def _is_expression(value: object) -> bool:
    return hasattr(value, "resolve_expression")


def _as_saved(fields: tuple[AnyField, ...], values: list[Any]) -> list[Any]:
    here = connections[DEFAULT_DB_ALIAS]  # `connection` would look for it each time
    return [
        field.get_db_prep_save(value, here)
        for field, value in zip(fields, values, strict=True)
    ]


def _execute(sql: str, parameters: list[Any]) -> int:
    """How many rows. What fails has spoilt the transaction, as it has in save()."""
    spoilt_by_errors = transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS)
    with spoilt_by_errors, connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
