"""Django's PostgreSQL, with fewer questions to the server."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

# How often a connection is asked the same before it prepares the answer's plan.
PREPARED_AFTER = 5


class DatabaseWrapper(base.DatabaseWrapper):
    def init_connection_state(self) -> None:
        """Prepare statements where the connection is one to the server itself.

        A pooler may give us another one for each transaction, which knows other
        statements by the same names, and would answer with another row. PgBouncer and
        its like say another process id than the server does.
        """
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (servers,) = cursor.fetchone()
        is_direct = self.connection.info.backend_pid == servers
        self.connection.prepare_threshold = PREPARED_AFTER if is_direct else None

    def is_usable(self) -> bool:
        """False once the connection has ended.

        With CONN_HEALTH_CHECKS Django sends `SELECT 1` before each request's first
        statement: a third of what an order's status asks. That the server ended it (a
        restart, a failover) has been told to this machine, and is read here; only where
        something came unasked, or was left open, is it asked. A server that went away
        without a word is found out by the first statement.
        """
        if self.connection is None:
            return False
        wire = self.connection.pgconn
        if wire.status != ConnStatus.OK:
            return False
        news = select.poll()
        news.register(wire.socket, select.POLLIN)
        is_quiet = wire.transaction_status == TransactionStatus.IDLE
        return True if is_quiet and not news.poll(0) else super().is_usable()
