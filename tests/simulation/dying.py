"""Run an action in a child process that dies at a chosen commit.

The database sees what it sees when a server is killed: what was committed is there,
what was not is gone, and nobody tidies up.
"""

import itertools
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import connections

from payments import gateway

_LIVED, _DIED, _FAILED = 0, 9, 3
_PATIENCE_S = 60
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True, slots=True)
class Death:
    """Just before or just after the nth change that becomes durable."""

    commit: int
    after: bool


def die_during(action: Callable[[], object], death: Death) -> bool:
    """Run `action` in a child. True if it died; it may have had fewer commits.

    Raises AssertionError when the action itself raised; its trace is on stderr.
    """
    connections.close_all()  # SQLite forbids taking a connection over a fork
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads; those of this process are idle.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _live(action, death)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (_LIVED, _DIED), f"The action failed in its process ({code})."
    return code == _DIED


def _forget_the_parents_client() -> None:
    """MongoDB's driver is not for two processes, and close_all() leaves it open."""
    connection: Any = connections["default"]
    if connection.vendor == "mongodb":
        connection._connection_pools.clear()
        del connections["default"]


def _live(action: Callable[[], object], death: Death) -> NoReturn:
    code = _FAILED
    try:
        signal.alarm(_PATIENCE_S)
        # The parent's kept-alive sockets are not for two.
        gateway._gateway.cache_clear()
        _forget_the_parents_client()
        _die_at(death)
        action()
        code = _LIVED
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _die_at(death: Death) -> None:
    """Count what becomes durable: commits, and writes outside of transactions."""
    connection: Any = connections["default"]
    numbers = itertools.count(1)

    def endure(make_durable: Callable[[], Any]) -> Any:
        is_the_one = next(numbers) == death.commit
        if is_the_one and not death.after:
            os._exit(_DIED)
        result = make_durable()
        if is_the_one:
            os._exit(_DIED)
        return result

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_write = sql.lstrip().upper().startswith(_WRITES)
        if is_write and not connection.in_atomic_block:
            return endure(lambda: execute(sql, params, many, context))
        return execute(sql, params, many, context)

    def write(statement: Callable[..., Any], *args: Any) -> Any:
        if connection.in_atomic_block:
            return mongodb_write(statement, *args)
        return endure(lambda: mongodb_write(statement, *args))

    commit = connection._commit
    connection._commit = lambda: endure(commit)
    if connection.vendor == "mongodb":  # no SQL passes through a cursor there
        mongodb_write, connection.write = connection.write, write
    else:
        connection.execute_wrappers.append(run)
