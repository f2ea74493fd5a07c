"""Files that no row names: what a crash left between a file and its row."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Model
from django.utils.timezone import now

from orders.models import OrderFile, ReadingAttachment
from orders.privacy.retention import add_period

FOLDERS: dict[str, type[Model]] = {"orders": OrderFile, "readings": ReadingAttachment}
# Whoever is writing one has its row within seconds.
TIME_FOR_A_ROW = timedelta(days=1)


@add_period("stray_files", "fichiers sans propriétaire")
def stray_files(*, dry_run: bool) -> int:
    count = 0
    for path in _stray():
        count += 1
        if not dry_run:
            default_storage.delete(path)
    return count


def _stray() -> Iterator[str]:
    before = now() - TIME_FOR_A_ROW
    for folder, model in FOLDERS.items():
        try:
            _folders, names = default_storage.listdir(folder)
        except FileNotFoundError:
            continue  # nothing was ever uploaded
        rows = model._default_manager.values_list("file", flat=True)
        named = set(rows.iterator())
        for path in (f"{folder}/{name}" for name in names):
            if path in named:
                continue
            if default_storage.get_modified_time(path) < before:
                yield path
