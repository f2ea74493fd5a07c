"""Databases of an engine for the bench: durable, one for each number of orders.

With a folder that is kept, those that take minutes to fill are found again. MongoDB's
are not kept: its replica set remembers the ports of its nodes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.engines.__main__ import server
from tests.engines.postgresql import postgresql

# From a name to the address of a database that is there.
Databases = Callable[[str], str]
# PostgreSQL as it comes: every commit waits for the disk. The tests' one does not.
AS_IT_COMES: tuple[str, ...] = ()


@contextmanager
def databases(engine: str, folder: Path, kept: Path | None) -> Iterator[Databases]:
    """`folder` goes with the run; what is begun again in `kept` keeps its rows."""
    if engine == "sqlite":
        yield lambda name: f"sqlite:///{_home(name, folder, kept)}/{name}.sqlite3"
    elif engine == "postgresql":
        home = kept / engine if kept else None
        with postgresql(home, durability=AS_IT_COMES) as url:
            yield lambda name: _on_postgresql(url, name)
    else:
        with server(engine) as url:
            yield lambda name: _named(url, name)


def is_kept(name: str) -> bool:
    """Small ones are made anew: what a run adds to them would change the next."""
    return name.startswith("kept_")


def _home(name: str, folder: Path, kept: Path | None) -> Path:
    return kept if kept and is_kept(name) else folder


def _on_postgresql(url: str, name: str) -> str:
    known = sql.Identifier(name)
    with psycopg.connect(url, autocommit=True) as connection:
        if not is_kept(name):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(known))
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(asked, [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(known))
    return _named(url, name)


def _named(url: str, name: str) -> str:
    """The same server's, with another database's name."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
