"""Everything the shop holds, as text to look for a person in."""

import base64
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.files.storage import default_storage
from django.db import connection

from lumira.rows import write_rows

# What every word of the person begins with, and how their numbers end. Long enough
# not to stand in a token by chance.
MARK = re.compile(rb"[Zz]qxjwkv|698765432|6 98 76 54 32")


def traces(*, log: str = "") -> list[str]:
    """Where the person is still found: "Order …Zqxjwkvname…". [] once they are gone."""
    return [
        f"{place}: {text[max(0, found.start() - 60) : found.end() + 20]!r}"
        for place, text in [*everything(), ("log", log.encode())]
        if (found := MARK.search(text))
    ]


def words_held() -> set[str]:
    """Every word of the person that is anywhere, in small letters."""
    whole = re.compile(rb"[Zz]qxjwkv[a-z]+")
    return {
        word.decode().lower()
        for _place, text in everything()
        for word in whole.findall(text)
    }


def everything() -> Iterator[tuple[str, bytes]]:
    for line in write_rows():  # encrypted fields as they read
        yield "row", line.encode()
    for model in apps.get_models():  # as the database has them, and what stays behind
        for row in model._base_manager.values_list():
            yield model._meta.label, repr(row).encode()
    for session in Session.objects.all():
        yield "session", repr(session.get_decoded()).encode()
    yield from _cache()
    yield from _files("orders")
    yield from _files("readings")
    queue = Path(settings.HUEY["connection"]["filename"])
    yield "queue", queue.read_bytes() if queue.exists() else b""
    yield from _database_files()


def stored_files() -> set[str]:
    return {place for folder in ("orders", "readings") for place, _ in _files(folder)}


def _cache() -> Iterator[tuple[str, bytes]]:
    cache = caches["default"]
    if isinstance(cache, DatabaseCache):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT cache_key, value FROM "{cache._table}"')
            for key, value in cursor.fetchall():
                held = pickle.loads(base64.b64decode(value))
                yield "cache", f"{key} {held!r}".encode()
    else:
        yield "cache", repr(getattr(cache, "_cache", {})).encode()


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        with default_storage.open(f"{folder}/{name}") as file:
            yield f"{folder}/{name}", name.encode() + file.read()


def _database_files() -> Iterator[tuple[str, bytes]]:
    """SQLite's own bytes, where deleted rows could still be read."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists():
                yield file.name, file.read_bytes()
