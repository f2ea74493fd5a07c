"""What a database says, told so shortly that it fits into a manifest."""

import hmac
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import FileField, Model

from lumira.kit.encryption import EncryptedJSONField
from lumira.rows import models, rows_of, text_of

WHOLE = 2**256


@dataclass(slots=True)
class Table:
    """One model's rows.

    `exact` and `milliseconds` are digests that do not depend on the rows' order;
    MongoDB gives times back in milliseconds only. `sums` are of its amounts, in minor
    units, by currency and state: what a person compares.
    """

    rows: int = 0
    exact: str = "0" * 64
    milliseconds: str = "0" * 64
    sums: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Stock:
    """A whole database: its tables by model, and the private files its rows name."""

    tables: dict[str, Table] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def take_stock(key: bytes, *, take: Callable[[str], None]) -> Stock:
    """Read every row once.

    `take` is given each as a line of JSON that `lumira.rows.read_rows` reads; what is
    encrypted in the database is encrypted there. Digests are made with `key`, so that
    nobody else can guess at what a row says.
    """
    stock = Stock()
    for model in models():
        stock.tables[model._meta.label] = _take(model, key, take, stock.files)
    return stock


def _take(
    model: type[Model], key: bytes, take: Callable[[str], None], files: set[str]
) -> Table:
    table = Table()
    exact = milliseconds = 0
    sums: dict[str, int] = defaultdict(int)
    for row in rows_of(model):
        exact += _number(key, text_of(row))
        milliseconds += _number(key, text_of(row, milliseconds=True))
        table.rows += 1
        for name, amount in _amounts(row["fields"]):
            sums[name] += amount
        files.update(_files_of(model, row["fields"]))
        take(text_of(_encrypted(model, row)))
    table.exact = f"{exact % WHOLE:064x}"
    table.milliseconds = f"{milliseconds % WHOLE:064x}"
    table.sums = dict(sorted(sums.items()))
    return table


def _files_of(model: type[Model], fields: dict[str, Any]) -> Iterator[str]:
    for one in model._meta.concrete_fields:
        if isinstance(one, FileField) and fields.get(one.name):
            yield str(fields[one.name])


def _number(key: bytes, text: str) -> int:
    return int.from_bytes(hmac.digest(key, text.encode(), sha256))


def _amounts(fields: dict[str, Any]) -> Iterator[tuple[str, int]]:
    if currency := fields.get("currency"):
        for name, value in fields.items():
            if name.startswith("amount") and isinstance(value, int):
                yield f"{name} {currency} {fields.get('status', '')}".strip(), value


def _encrypted(model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    """The row with what is encrypted as the database would hold it."""
    fields = dict(row["fields"])
    for one in model._meta.concrete_fields:
        if isinstance(one, EncryptedJSONField) and one.name in fields:
            fields[one.name] = one.get_prep_value(fields[one.name])
    return {**row, "fields": fields}
