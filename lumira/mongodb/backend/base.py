"""MongoDB's own Django backend, with Django's transactions made real.

django-mongodb-backend turns `django.db.transaction.atomic` into nothing and offers an
`atomic` of its own, which (5.2.4) leaves a dead session on the connection after a
failed commit, so that every later "transaction" of that thread silently has none.
Here Django's `atomic` drives a pymongo session through the four hooks that every
backend has; admin, sessions, `bulk_create`, `delete()` and `on_commit` work unchanged.

This uses internals: the package's version is pinned, and the suite runs on MongoDB.
"""

import contextlib
import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pymongo
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import debug_transaction
from django_mongodb_backend import base, features, operations
from pymongo.errors import BulkWriteError, PyMongoError

from lumira.mongodb.backend.schema import DatabaseSchemaEditor
from lumira.mongodb.backend.validation import DatabaseValidation

R = TypeVar("R")

COMMIT_PATIENCE_S = 30
FIRST_STATEMENT_PATIENCE_S = 10
PING_PATIENCE_S = 3
DOCUMENT_VALIDATION_FAILURE = 121


class DatabaseFeatures(features.DatabaseFeatures):
    supports_transactions = True
    # Django then dooms the outer block at an error inside: what MongoDB does too.
    uses_savepoints = False
    supports_table_check_constraints = True


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "lumira.mongodb.backend.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    validation_class = DatabaseValidation
    SchemaEditorClass = DatabaseSchemaEditor
    set_autocommit = BaseDatabaseWrapper.set_autocommit
    on_commit = BaseDatabaseWrapper.on_commit
    close = BaseDatabaseWrapper.close
    _statements = 0

    def init_connection_state(self) -> None:
        """Asks the server for its version. Raises OperationalError when it is away."""
        try:
            super().init_connection_state()
        except PyMongoError as error:
            raise OperationalError(str(error)) from error

    def _set_autocommit(self, autocommit: bool) -> None:
        """Django enters (False) and leaves (True) its outermost atomic block."""
        self._end_session()
        self._statements = 0
        if not autocommit:
            self.session = self.connection.start_session()
            # No round trip: the server begins with the first statement.
            self.session.start_transaction()

    def get_collection(self, name: str, **kwargs: Any) -> Any:
        """Every statement asks for its collection, and so is counted."""
        self._statements += 1
        return super().get_collection(name, **kwargs)

    def write(self, statement: Callable[..., R], *args: Any) -> R:
        """Run a statement that writes.

        Raises IntegrityError when a check constraint refuses it.
        """
        try:
            return self._write(statement, *args)
        except (BulkWriteError, DatabaseError) as error:
            if _is_refused_by_a_check(error):
                raise IntegrityError("A check constraint is violated.") from error
            if isinstance(error, BulkWriteError):
                raise DatabaseError(str(error)) from error
            raise

    def _write(self, statement: Callable[..., R], *args: Any) -> R:
        """The first statement of a transaction is repeated when it meets a conflict.

        Outside of transactions the server does so itself. Nothing has been read yet,
        so beginning again changes nothing: a block of one statement never sees a
        conflict, and one that begins with its main row waits for it as for a lock.
        """
        if self.session is None or self._statements > 0:
            return statement(*args)
        deadline = time.monotonic() + FIRST_STATEMENT_PATIENCE_S
        attempt = 0
        while True:
            try:
                return statement(*args)
            except DatabaseError as error:
                if not _is_conflict(error) or time.monotonic() > deadline:
                    raise
            self._rollback()
            self.session.start_transaction()
            attempt += 1
            time.sleep(random.uniform(0, min(0.1, 0.002 * 1.5**attempt)))  # noqa: S311

    def _commit(self) -> None:
        if self.session is None or not self.session.in_transaction:
            return
        deadline = time.monotonic() + COMMIT_PATIENCE_S
        with debug_transaction(self, "COMMIT"):
            while True:
                try:
                    self.session.commit_transaction()
                    return
                except PyMongoError as error:
                    # The primary died meanwhile. Asking again is safe, and tells.
                    unknown = error.has_error_label("UnknownTransactionCommitResult")
                    if not unknown or time.monotonic() > deadline:
                        raise OperationalError(str(error)) from error
                time.sleep(0.05)

    def _rollback(self) -> None:
        if self.session is None or not self.session.in_transaction:
            return
        # If it fails, the server drops the unfinished transaction by itself.
        with debug_transaction(self, "ROLLBACK"), contextlib.suppress(PyMongoError):
            self.session.abort_transaction()

    def _close(self) -> None:
        """The client stays open: all threads share it, and it pools connections."""
        self._end_session()
        self.__dict__.pop("database", None)

    def _end_session(self) -> None:
        session, self.session = self.session, None
        if session is not None:
            session.end_session()

    def is_usable(self) -> bool:
        """Does a server answer? The client mends its own connections."""
        try:
            with pymongo.timeout(PING_PATIENCE_S):
                self.connection.admin.command("ping")
        except PyMongoError:
            return False
        return True

    def start_transaction_mongo(self) -> None:
        """The package's own `atomic` would not nest with Django's."""
        raise NotImplementedError("Use lumira.kit.db.transactional.")


def _is_conflict(error: DatabaseError) -> bool:
    cause = error.__cause__
    return isinstance(cause, PyMongoError) and cause.has_error_label(
        "TransientTransactionError"
    )


def _is_refused_by_a_check(error: Exception) -> bool:
    refused = error.__cause__ if isinstance(error, DatabaseError) else error
    if isinstance(refused, BulkWriteError):
        refusals = refused.details.get("writeErrors", [])
        return any(one["code"] == DOCUMENT_VALIDATION_FAILURE for one in refusals)
    return getattr(refused, "code", None) == DOCUMENT_VALIDATION_FAILURE
