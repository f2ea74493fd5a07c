"""lumira.postgresql: a connection is kept, until the server has ended it."""

from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, close_old_connections, connection

from lumira.postgresql.base import PREPARED_AFTER, DatabaseWrapper
from orders.models import Order
from tests.factories.orders import make_order

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


class PoolersAnswer(psycopg.ConnectionInfo):
    @property
    def backend_pid(self) -> int:
        return super().backend_pid + 1


class ByAPooler(psycopg.Connection[Any]):
    @property
    def info(self) -> PoolersAnswer:
        return PoolersAnswer(self.pgconn)


class PooledConnection(DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        made.__class__ = ByAPooler
        return made


def backend() -> int:
    """The server's process that serves our connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
        return found


def begin_request() -> None:
    """What Django does when a request begins."""
    close_old_connections()


def test_a_request_after_the_servers_end_of_the_connection_has_a_new_one() -> None:
    make_order()
    before, other = backend(), connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
        assert cursor.fetchone() == (True,)
    other.close()

    begin_request()

    assert Order.objects.count() == 1
    assert backend() != before


def test_a_connection_that_lives_is_kept_and_not_asked() -> None:
    before, other = backend(), connection.copy()

    begin_request()

    assert connection.is_usable()
    with other.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [before])
        assert cursor.fetchone() == ("SELECT pg_backend_pid()",)
    other.close()
    assert backend() == before


def test_a_connection_left_in_a_failed_transaction_is_not_kept() -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        with pytest.raises(ProgrammingError):
            cursor.execute("SELECT nonsense")

    begin_request()

    assert Order.objects.count() == 0


def test_a_connection_to_the_server_itself_prepares() -> None:
    backend()

    assert connection.connection.prepare_threshold == PREPARED_AFTER


def test_behind_a_pooler_nothing_is_prepared() -> None:
    """It tells a process id of its own."""
    pooled = PooledConnection(connection.settings_dict)
    try:
        with pooled.cursor() as cursor:
            for _ in range(PREPARED_AFTER * 2):
                cursor.execute("SELECT %s", [7])
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (0,)
    finally:
        pooled.close()


def test_a_connection_that_was_never_opened_is_not_usable() -> None:
    fresh = connection.copy()

    assert not fresh.is_usable()
