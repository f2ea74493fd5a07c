from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumira.backup.manifest import read_manifest
from lumira.backup.rehearsal import rehearse
from lumira.backup.write_backup import BackupUnderWay, forget_old, write_backup


class Command(BaseCommand):
    help = (
        "Write the whole shop, as it is at one moment, into a new folder inside "
        "FOLDER, while customers pay and staff works: every row (what is encrypted "
        "stays so), the private files, and a manifest. `restore` reads it on any of "
        "the three engines. The keys and .env are not in it: keep them elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("shelf", metavar="FOLDER", type=Path)
        parser.add_argument(
            "--rehearse",
            action="store_true",
            help="Restore it at once into a database of its own, compare every row, "
            "and throw that away. Exit code 1 if it is not the same shop.",
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="Remove all backups in FOLDER but the newest N, when this is made.",
        )

    def handle(
        self,
        *args: Any,
        shelf: Path,
        keep: int | None,
        **options: Any,
    ) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep is at least 1.")
        try:
            made = write_backup(shelf.absolute(), say=self.stderr.write)
        except (BackupUnderWay, OSError) as problem:
            raise CommandError(str(problem)) from None
        manifest = read_manifest(made)
        self.stdout.write(f"{manifest.rows} rows and {manifest.files} files: {made}")
        if options["rehearse"]:
            self._rehearse(made)
        if keep is not None:
            for name in forget_old(shelf, keep=keep):
                self.stdout.write(f"removed {name}")

    def _rehearse(self, made: Path) -> None:
        problem = rehearse(made)
        if problem:
            raise CommandError(f"The backup does not restore: {problem}")
        self.stdout.write("Restored for rehearsal: every row, file and sum is there.")
