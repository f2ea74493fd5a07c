"""Is the database one that may be trusted with money?"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils.timezone import now

from lumira.health import is_database_there, is_migrated
from lumira.kit.db import transactional
from payments.doctor.finding import Finding, ok, warning, wrong
from payments.models import Alarm

CLOCK_TOLERANCE_S = 5


class _Undo(Exception):
    """Ends a transaction without its changes."""


def check_connection() -> Iterator[Finding]:
    if is_database_there():
        yield ok("database", f"{connection.display_name} answers")
    else:
        yield wrong(
            "database",
            f"{connection.display_name} does not answer",
            "is it running, and is DATABASE_URL right? What rests on it was not "
            "looked at.",
        )


def check_migrations() -> Iterator[Finding]:
    if is_migrated():
        yield ok("migrations", "all applied")
    else:
        yield wrong("migrations", "some are missing", "run `manage.py migrate`.")


def check_transactions() -> Iterator[Finding]:
    """Write a row, take it back, and see that it is gone."""
    for message in connection.validation.check():
        yield wrong("transactions", str(message.msg), message.hint or "")
    name = f"doctor:{uuid4()}"
    with suppress(_Undo):
        _write_and_undo(name)
    if Alarm.objects.filter(pk=name).delete()[0]:
        yield wrong(
            "transactions",
            "a change that was taken back stayed",
            "this database cannot be trusted with money; docs/databases.md names "
            "those that can.",
        )
    else:
        yield ok("transactions", "what is taken back is gone")


def check_durability() -> Iterator[Finding]:
    """Whether a paid order survives a power cut."""
    lost = [name for name, is_safe in _safety()[connection.vendor]() if not is_safe]
    if lost:
        yield wrong(
            "durability",
            f"what was written can be lost: {', '.join(lost)}",
            "docs/databases.md has the safe values.",
        )
    else:
        yield ok("durability", "what was answered to a customer survives a power cut")


def check_clock() -> Iterator[Finding]:
    """Of another machine, perhaps."""
    read = {"postgresql": _postgresql_clock, "mongodb": _mongodb_clock}
    if connection.vendor not in read:
        return
    apart = abs((read[connection.vendor]() - now()).total_seconds())
    if apart > CLOCK_TOLERANCE_S:
        yield warning(
            "database clock",
            f"is {apart:.0f} s away from this machine's",
            "synchronise both (chrony, systemd-timesyncd).",
        )
    else:
        yield ok("database clock", "agrees with this machine's")


@transactional
def _write_and_undo(name: str) -> None:
    Alarm.objects.create(name=name)
    raise _Undo


def _safety() -> dict[str, Callable[[], list[tuple[str, bool]]]]:
    return {
        "sqlite": _of_sqlite,
        "postgresql": _of_postgresql,
        "mongodb": _of_mongodb,
    }


def _of_sqlite() -> list[tuple[str, bool]]:
    synchronous, mode = _ask("PRAGMA synchronous"), _ask("PRAGMA journal_mode")
    return [
        (f"synchronous={synchronous}", synchronous >= 2),  # 2 is FULL
        (f"journal_mode={mode}", mode not in ("off", "memory")),
    ]


def _of_postgresql() -> list[tuple[str, bool]]:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    values = {name: _ask(f"SHOW {name}") for name in names}
    return [(f"{name}={value}", value != "off") for name, value in values.items()]


def _of_mongodb() -> list[tuple[str, bool]]:
    concern = connection.connection.write_concern.document
    return [("write concern", concern.get("w") == "majority")]


def _postgresql_clock() -> datetime:
    moment: datetime = _ask("SELECT clock_timestamp()")
    return moment


def _mongodb_clock() -> datetime:
    server = connection.connection.admin
    moment: datetime = server.command("hello")["localTime"]
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ask(sql: str) -> Any:
    """One value. Fixed words only; each engine has its own."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
