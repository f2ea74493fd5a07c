"""Move everything that is encrypted to the first of ENCRYPTION_KEYS.

Which fields these are is read from the models: a new one cannot be forgotten. Safe
beside a running shop: a row is only written if it still holds what was read, so a
change that came in between stays (and was made with the first key, or is found by
the next pass). Safe to stop and to repeat: what is done already is not written again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db.models import Field, Model, Q, TextField
from django.db.models.functions import Cast

from lumira.kit.db import transactional
from lumira.kit.encryption.blind_index import blind_indexes
from lumira.kit.encryption.fields import EncryptedJSONField, StoredToken
from lumira.kit.encryption.keys import decrypt, with_first_key

# A transaction of these is over within milliseconds: nobody waits for it.
BATCH = 100


@dataclass(slots=True)
class Tally:
    """Of one model: how many rows it has, and how it stands with them."""

    label: str
    rows: int = 0
    # Made with another key than the first, or whose indexes are not its value's.
    behind: int = 0
    written: int = 0
    # Keys of rows that no key reads.
    unreadable: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return not self.behind and not self.unreadable


@dataclass(frozen=True, slots=True)
class _Change:
    """One row as it was read, and what it becomes."""

    pk: Any
    before: dict[str, Any]
    after: dict[str, Any]


def encrypted_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if _encrypted_fields(model)]


def look_through(model: type[Model]) -> Tally:
    """Count only: nothing is written."""
    return _go_through(model, write=False)


def renew(model: type[Model]) -> Tally:
    """Make new tokens and indexes where they are behind."""
    return _go_through(model, write=True)


def _go_through(model: type[Model], *, write: bool) -> Tally:
    tally = Tally(model._meta.label)
    for batch in _batches(model):
        changes = []
        for row in batch:
            tally.rows += 1
            try:
                change = _change(model, row)
            except InvalidToken:
                tally.unreadable.append(str(row["pk"]))
                continue
            if change.before != change.after:
                changes.append(change)
        tally.behind += len(changes)
        if write and changes:
            tally.written += _write(model, changes)
    return tally


def _batches(model: type[Model]) -> Iterator[list[dict[str, Any]]]:
    """Rows as the database holds them, by key: their number does not matter."""
    raw = {f"raw_{one.name}": Cast(one.name, TextField()) for one in _fields(model)}
    rows = model._base_manager.annotate(**raw).order_by("pk")
    batch = list(rows.values("pk", *raw)[:BATCH])
    while batch:
        yield batch
        rows = rows.filter(pk__gt=batch[-1]["pk"])
        batch = list(rows.values("pk", *raw)[:BATCH])


def _change(model: type[Model], row: dict[str, Any]) -> _Change:
    """Raises InvalidToken."""
    before = {one.name: row[f"raw_{one.name}"] for one in _fields(model)}
    after = dict(before)
    for one in _encrypted_fields(model):
        token = before[one.name]
        after[one.name] = None if token is None else with_first_key(token)
    for index in blind_indexes(model):
        token = before[index.of]
        value = None if token is None else json.loads(decrypt(token))
        after[index.name] = None if value is None else index.mark_of(value)
    return _Change(row["pk"], before, after)


@transactional
def _write(model: type[Model], changes: list[_Change]) -> int:
    return sum(_write_one(model, change) for change in changes)


def _write_one(model: type[Model], change: _Change) -> int:
    fields = {one.name: one for one in _fields(model)}
    unchanged = Q(pk=change.pk)
    for name, value in change.before.items():
        unchanged &= _still_holds(fields[name], value)
    new = {
        name: StoredToken(value) if _is_token(fields[name], value) else value
        for name, value in change.after.items()
        if value != change.before[name]
    }
    return model._base_manager.filter(unchanged).update(**new)


def _still_holds(one: Field[Any, Any], value: str | None) -> Q:
    if value is None:
        return Q(**{f"{one.name}__isnull": True})
    return Q(**{f"{one.name}__stored" if _is_token(one, value) else one.name: value})


def _is_token(one: Field[Any, Any], value: str | None) -> bool:
    return value is not None and isinstance(one, EncryptedJSONField)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [*_encrypted_fields(model), *blind_indexes(model)]


def _encrypted_fields(model: type[Model]) -> list[EncryptedJSONField]:
    every = model._meta.concrete_fields
    return [one for one in every if isinstance(one, EncryptedJSONField)]
