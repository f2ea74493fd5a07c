"""All rows of a shop as lines of text: written from one database, read into another.

Rows keep their keys, except those whose keys an engine numbers itself (roles, the
admin's own log): these are named by what they say. Sessions and the cache stay behind,
and so does what `migrate` makes (content types, permissions).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.python import Deserializer
from django.core.serializers.python import Serializer as PythonSerializer
from django.db import connection, transaction
from django.db.models import Field, Model

from lumira.kit.db import transactional

LEFT_BEHIND = {"contenttypes.ContentType", "auth.Permission", "sessions.Session"}
# Made by `migrate` in every new database; the copied ones take their place.
MADE_BY_MIGRATE = {"auth.Group", "audit.AuditHead"}
# Named by what they say, and first: the people's rows name them.
WITHOUT_KEYS = {"auth.Group", "admin.LogEntry"}
FIRST = ("auth.Group", "accounts.User")
# Rows that name roles or kinds of objects by their words.
NAMES_OTHERS = {"auth.Group", "accounts.User", "admin.LogEntry"}
BATCH = 500


class TargetNotEmpty(Exception):
    """There are rows already; copying into them could mix two shops."""


def models() -> list[type[Model]]:
    """What is copied, in the order of copying."""
    found = {
        model._meta.label: model
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in LEFT_BEHIND
    }
    first = [found.pop(label) for label in FIRST]
    return [*first, *(found[label] for label in sorted(found))]


def write_rows() -> Iterator[str]:
    """Every row as one line of JSON, without a newline."""
    for model in models():
        for row in rows_of(model):
            yield text_of(row)


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in models()}


def read_rows(lines: Iterable[str]) -> int:
    """Save these lines as rows; how many. Raises TargetNotEmpty.

    On SQLite and PostgreSQL all or nothing; on MongoDB, whose transactions are small,
    a failure leaves a part, and the next try asks for an empty database again.
    """
    check_empty()
    _make_room()
    if connection.vendor == "mongodb":
        return _save(lines)
    with transaction.atomic():  # noqa: TID251 (no second try: the lines come once)
        return _save(lines)


def digests(*, milliseconds: bool) -> Iterator[tuple[str, str, str]]:
    """Model, key and digest of every row. MongoDB keeps milliseconds only."""
    for model in models():
        for row in rows_of(model):
            text = text_of(row, milliseconds=milliseconds)
            key = str(row.get("pk") or hashlib.sha256(text.encode()).hexdigest())
            yield model._meta.label, key, hashlib.sha256(text.encode()).hexdigest()


def check_empty() -> None:
    """Raises TargetNotEmpty if a row is there that `migrate` did not make."""
    for label, count in count_rows().items():
        if count and label not in MADE_BY_MIGRATE:
            raise TargetNotEmpty(f"{label} already has {count} rows.")


def _make_room() -> None:
    for label in MADE_BY_MIGRATE:
        apps.get_model(label)._base_manager.all().delete()


def _save(lines: Iterable[str]) -> int:
    count = 0
    for batch in _batches(lines):
        count += _save_batch(batch)
    return count


@transactional
def _save_batch(lines: list[str]) -> int:
    for row in Deserializer([json.loads(line) for line in lines]):
        # Raw, as it saves: dates and derived fields stay as they were.
        row.save(force_insert=True)
    return len(lines)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def rows_of(model: type[Model]) -> Iterator[dict[str, Any]]:
    """What each row says, by the names of its fields; what is encrypted, in plain."""
    label = model._meta.label
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    serializer = _PlainSerializer()
    for row in rows:
        [written] = serializer.serialize(
            [row],
            use_natural_foreign_keys=label in NAMES_OTHERS,
            use_natural_primary_keys=label in WITHOUT_KEYS,
        )
        for name in (field.name for field in model._meta.many_to_many):
            written["fields"][name].sort()
        yield written


def text_of(row: dict[str, Any], *, milliseconds: bool = False) -> str:
    """The same for rows that say the same. MongoDB keeps milliseconds only."""
    encoder = _Milliseconds if milliseconds else _Exact
    return json.dumps(row, cls=encoder, ensure_ascii=False, sort_keys=True)


class _PlainSerializer(PythonSerializer):
    """Encrypted fields as they read: two tokens of one value differ. The lines go
    through a pipe from one process of ours to the next, and nowhere else."""

    def _value_from_field(self, obj: Model, field: Field[Any, Any]) -> Any:
        value = field.value_from_object(obj)
        is_plain = isinstance(value, str | int | float | bool | dict | list | datetime)
        return value if is_plain or value is None else field.value_to_string(obj)


class _Exact(DjangoJSONEncoder):
    """Django's own rounds to milliseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class _Milliseconds(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.isoformat(timespec="milliseconds")
        return super().default(o)
