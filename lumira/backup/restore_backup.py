"""Make a shop of a backup, and find out whether it is the same shop."""

import gzip
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from lumira.audit.verification import Anchor, ChainBroken, verify_chain
from lumira.backup.contents import Table, take_stock
from lumira.backup.manifest import (
    FILES,
    ROWS,
    BadBackup,
    Manifest,
    keys,
    our_migrations,
    read_manifest,
)
from lumira.backup.private_files import check_room, check_sums, copy_in
from lumira.rows import check_empty, read_rows


def check_backup(folder: Path) -> Manifest:
    """Whether the folder is as it was written, and our keys read it. Touches no
    database. Raises BadBackup."""
    manifest = read_manifest(folder)
    check_sums(folder, manifest.sums)
    return manifest


def restore_backup(folder: Path, *, say: Callable[[str], None]) -> list[str]:
    """Fill this empty database and the private storage; what is not as it was, which
    is nothing if all went well.

    Raises BadBackup and TargetNotEmpty before anything is written. After a failure in
    the middle both must be emptied before the next try.
    """
    manifest = check_backup(folder)
    _check_target(manifest)
    check_room(folder / FILES)
    say(f"{manifest.rows} rows of {manifest.made_at}…")
    with gzip.open(folder / ROWS, "rt", encoding="utf-8") as lines:
        read_rows(lines)
    say(f"{copy_in(folder / FILES)} files. Comparing…")
    return [*_differences(manifest), *_broken_journal(manifest)]


def _check_target(manifest: Manifest) -> None:
    """A database that is not there yet is made, by this release's migrations."""
    if "orders_order" in connection.introspection.table_names():
        check_empty()
    else:
        call_command("migrate", verbosity=0)
    here = our_migrations()
    if here != manifest.migrations:
        other = sorted(set(here.items()) ^ set(manifest.migrations.items()))[0]
        raise BadBackup(
            "Another release made it: migrations differ from here, among them "
            f"{' '.join(other)}. Restore with that release, then update."
        )


def _differences(manifest: Manifest) -> Iterator[str]:
    """Reads, and so decrypts, every row again."""
    here = take_stock(keys()[manifest.keys[0]], take=lambda line: None).tables
    # Milliseconds are all that MongoDB keeps.
    coarse = "mongodb" in {connection.vendor, manifest.engine}
    digest = attrgetter("milliseconds" if coarse else "exact")
    for name, was in manifest.tables.items():
        found = here.pop(name, Table())
        if found.rows != was.rows:
            yield f"{name}: {found.rows} rows instead of {was.rows}"
        elif found.sums != was.sums:
            yield f"{name}: sums {found.sums} instead of {was.sums}"
        elif digest(found) != digest(was):
            yield f"{name}: rows differ"
    for name in here:
        yield f"{name}: unknown to the backup"


def _broken_journal(manifest: Manifest) -> Iterator[str]:
    if not manifest.audit:
        yield "The journal was broken when the backup was made; it is as broken now."
        return
    sequence, _, digest = manifest.audit.partition(":")
    try:
        verify_chain(Anchor(int(sequence), digest))
    except ChainBroken as problem:
        yield f"The journal: {problem}"
