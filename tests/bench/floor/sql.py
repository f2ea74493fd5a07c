"""The floor's statements on SQLite and PostgreSQL: one connection a thread."""

import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.bench.floor.statements import NEW_ROWS, Statements, Wanted

_local = threading.local()


class SqlStatements(Statements):
    """Prepared by the columns that the product's own rows have."""

    def __init__(
        self, open_connection: Callable[[], Any], mark: str, taken: type[Exception]
    ) -> None:
        self._open, self._mark, self.taken = open_connection, mark, taken
        self._inserts: dict[str, str] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        for table in NEW_ROWS:
            cursor = self._connection.execute(f"SELECT * FROM {table} LIMIT 1")
            columns = [column[0] for column in cursor.description]
            found = [_storable(value) for value in cursor.fetchone()]
            self._rows[table] = dict(zip(columns, found, strict=True))
            marks = ", ".join([mark] * len(columns))
            self._inserts[table] = (
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            )

    @property
    def _connection(self) -> Any:
        if not hasattr(_local, "connection"):
            _local.connection = self._open()
        return _local.connection

    def _run(self, statement: str, *values: Any) -> Any:
        if self._mark != "?":
            statement = statement.replace("?", self._mark)
        return self._connection.execute(statement, values)

    def _insert(self, table: str, **values: Any) -> None:
        row = self._rows[table] | values
        self._connection.execute(self._inserts[table], list(row.values()))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        begin = "BEGIN IMMEDIATE" if self._mark == "?" else "BEGIN"
        self._connection.execute(begin)
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _id(self, text: str) -> Any:
        made = uuid.UUID(text)
        return made.hex if self._mark == "?" else made

    def _now(self) -> Any:
        moment = datetime.now(UTC)
        return str(moment.replace(tzinfo=None)) if self._mark == "?" else moment

    def is_processed(self, event_id: str) -> bool:
        asked = self._run(
            "SELECT 1 FROM payments_processedevent WHERE event_id = ? AND processed",
            event_id,
        )
        return asked.fetchone() is not None

    def settle(self, event_id: str, intent_id: str) -> None:
        moment = self._now()
        found = self._run(
            "SELECT id, order_id FROM payments_payment WHERE intent_id = ?", intent_id
        ).fetchone()
        payment_id, order_id = found
        with self._transaction():
            self._insert(
                "payments_processedevent",
                event_id=event_id,
                object_id=intent_id,
                received_at=moment,
                processed_at=moment,
            )
            paid = self._run(
                "UPDATE payments_payment SET status = 'completed', completed_at = ?, "
                "updated_at = ?, stripe_status = 'succeeded' "
                "WHERE id = ? AND status IN ('pending', 'processing', 'failed')",
                moment,
                moment,
                payment_id,
            )
            moved = self._run(
                "UPDATE orders_order SET status = 'paid', paid_at = ?, due_at = ? "
                "WHERE id = ? AND status IN ('pending', 'failed')",
                moment,
                moment,
                order_id,
            )
            assert paid.rowcount == moved.rowcount == 1
            self._insert(
                "orders_orderevent", id=self._new(), order_id=order_id, at=moment
            )
            self._insert(
                "outbox_message",
                id=self._new(),
                key=f"order_paid:{order_id}",
                about=str(order_id),
                created_at=moment,
                due_at=moment,
            )

    def _new(self) -> Any:
        return self._id(uuid.uuid4().hex)

    def place(self, wanted: Wanted) -> None:
        moment = self._now()
        order_id = self._id(wanted.order_id)
        with self._transaction():
            self._insert(
                "orders_order",
                id=order_id,
                number=wanted.number,
                request_key=wanted.order_id,
                email=wanted.email,
                status="pending",
                created_at=moment,
                paid_at=None,
                due_at=None,
            )
            self._insert(
                "orders_orderevent", id=self._new(), order_id=order_id, at=moment
            )
            self._insert(
                "payments_payment",
                id=self._id(wanted.payment_id),
                order_id=order_id,
                order_number=wanted.number,
                intent_id=None,
                status="pending",
                created_at=moment,
                updated_at=moment,
                completed_at=None,
            )

    def remember_intent(self, payment_id: str, intent_id: str) -> None:
        with self._transaction():
            self._run(
                "UPDATE payments_payment SET intent_id = ? WHERE id = ?",
                intent_id,
                self._id(payment_id),
            )

    def service(self, slug: str) -> tuple[Any, ...]:
        found = self._run(
            "SELECT id, name, price, currency FROM orders_service WHERE slug = ?", slug
        )
        return tuple(found.fetchone())

    def order(self, order_id: str) -> tuple[Any, ...]:
        found = self._run(
            "SELECT o.number, o.status, p.status, p.stripe_status, o.amount, "
            "o.currency, p.amount_refunded, s.slug, s.level, s.name, o.duration, "
            "e.name, o.created_at, o.paid_at, o.completed_at, p.intent_id "
            "FROM orders_order o JOIN payments_payment p ON p.order_id = o.id "
            "JOIN orders_service s ON s.id = o.service_id "
            "LEFT JOIN orders_expert e ON e.id = o.expert_id WHERE o.id = ?",
            self._id(order_id),
        )
        return tuple(found.fetchone())

    def catalogue(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        services = self._run(
            "SELECT slug, name, description, price, currency, duration "
            "FROM orders_service WHERE is_active ORDER BY position"
        )
        experts = self._run(
            "SELECT slug, name, bio FROM orders_expert WHERE is_active ORDER BY name"
        )
        return services.fetchall(), experts.fetchall()


def _storable(value: Any) -> Any:
    """As read, except what psycopg reads out of a jsonb column."""
    return Jsonb(value) if isinstance(value, dict | list) else value


def on_sqlite(path: str, init: str) -> SqlStatements:
    def connect() -> Any:
        connection = sqlite3.connect(path, timeout=20, isolation_level=None)
        connection.executescript(init)
        return connection

    return SqlStatements(connect, "?", sqlite3.IntegrityError)


def on_postgresql(url: str) -> SqlStatements:
    def connect() -> Any:
        return psycopg.connect(url, autocommit=True)

    return SqlStatements(connect, "%s", psycopg.errors.UniqueViolation)
