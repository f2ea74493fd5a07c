"""Tests leave nothing behind: each starts with what the migrations left.

Django runs most tests in a transaction that it rolls back. After those that commit it
empties every table and makes permissions anew, which takes longer than the tests. Here
only what holds something is emptied, and what the migrations wrote comes back.

MongoDB has no savepoints: a test that provokes one database error would lose what it
did before. So there every test commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase

from lumira.kit.db import transactional

# Nothing that a test does changes them.
KEPT = {"django_content_type", "auth_permission"}
Contents = dict[str, list[Any]]


def put_back_after_tests(patch: pytest.MonkeyPatch) -> None:
    """After every test from now on. Wants a test database that was just migrated."""
    migrated = _contents()

    def put_back(_case: TransactionTestCase) -> None:
        _put_back(migrated)

    patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
    if connection.vendor == "mongodb":
        patch.setattr(
            TestCase, "_databases_support_transactions", classmethod(lambda case: False)
        )


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
    """All rows that may change, as the driver has them."""
    if connection.vendor == "mongodb":
        return {name: list(connection.database[name].find()) for name in _changeable()}
    found: Contents = {}
    with connection.cursor() as cursor:
        for name in _changeable():
            cursor.execute(f"SELECT * FROM {_quoted(name)}")
            found[name] = cursor.fetchall()
    return found


def _put_back(contents: Contents) -> None:
    if connection.vendor == "mongodb":
        _put_documents_back(contents)
    else:
        _put_rows_back(contents)


def _put_documents_back(contents: Contents) -> None:
    for name in _changeable():
        collection = connection.database[name]
        if collection.find_one({}, {"_id": True}):
            collection.delete_many({})
        if documents := contents.get(name):
            collection.insert_many(documents)


@transactional
def _put_rows_back(contents: Contents) -> None:
    """In any order: foreign keys are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for name in _changeable():
            cursor.execute(f"SELECT 1 FROM {_quoted(name)} LIMIT 1")
            if cursor.fetchone():
                cursor.execute(f"DELETE FROM {_quoted(name)}")
            if rows := contents.get(name):
                values = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(
                    f"INSERT INTO {_quoted(name)} VALUES ({values})", rows
                )


def _changeable() -> list[str]:
    if connection.vendor == "mongodb":
        names = connection.database.list_collection_names()
    else:
        names = connection.introspection.django_table_names(only_existing=True)
    return [
        name for name in names if name not in KEPT and not name.startswith("system.")
    ]


def _quoted(name: str) -> str:
    quoted: str = connection.ops.quote_name(name)
    return quoted
