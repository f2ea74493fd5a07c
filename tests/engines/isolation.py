"""Tests leave nothing behind, on each engine.

Django runs a test in a transaction that it rolls back. On MongoDB, which has no
savepoints, a test that provokes one database error would lose what it did before. So
there each test commits, and the collections are put back afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase

# Nothing that a test does changes them.
KEPT = {"django_content_type", "auth_permission"}
Contents = dict[str, list[dict[str, Any]]]


def put_collections_back_after_tests(patch: pytest.MonkeyPatch) -> None:
    """After every test from now on. Wants a test database that was just migrated."""
    migrated = _contents()

    def put_back(_case: TransactionTestCase) -> None:
        _put_back(migrated)

    patch.setattr(
        TestCase, "_databases_support_transactions", classmethod(lambda case: False)
    )
    patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards. Not for `transaction=True`."""
    if connection.vendor == "mongodb":
        before = _contents()
        yield
        _put_back(before)
    else:
        start = transaction.savepoint()
        yield
        transaction.savepoint_rollback(start)


def _contents() -> Contents:
    return {name: list(connection.database[name].find()) for name in _changeable()}


def _put_back(contents: Contents) -> None:
    for name in _changeable():
        collection = connection.database[name]
        if collection.find_one({}, {"_id": True}):
            collection.delete_many({})
        if documents := contents.get(name):
            collection.insert_many(documents)


def _changeable() -> list[str]:
    names = connection.database.list_collection_names()
    return [
        name for name in names if name not in KEPT and not name.startswith("system.")
    ]
