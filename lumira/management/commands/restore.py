from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from lumira.backup.manifest import BadBackup
from lumira.backup.rehearsal import rehearse
from lumira.backup.restore_backup import check_backup, restore_backup
from lumira.rows import TargetNotEmpty


class Command(BaseCommand):
    help = (
        "Fill an empty database (DATABASE_URL, of any engine; it is migrated here) and "
        "the private storage from a folder that `backup` made, and compare every row, "
        "file and sum. Refuses a database that holds anything. Then tell our books "
        "what happened since: `manage.py reconcile --after-restore`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--check",
            action="store_true",
            help="Only say whether the folder is as it was written and our keys read "
            "it. No database is touched.",
        )
        only.add_argument(
            "--rehearse",
            action="store_true",
            help="Restore into a database of its own, compare, and throw it away.",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder = folder.absolute()
        try:
            if options["rehearse"]:
                self._rehearse(folder)
            elif options["check"]:
                self._check(folder)
            else:
                self._restore(folder)
        except (BadBackup, TargetNotEmpty) as problem:
            raise CommandError(str(problem)) from None

    def _check(self, folder: Path) -> None:
        manifest = check_backup(folder)
        self.stdout.write(
            f"As it was written at {manifest.made_at} on {manifest.engine}: "
            f"{manifest.rows} rows, {manifest.files} files."
        )
        for name, table in manifest.tables.items():
            for what, amount in table.sums.items():
                self.stdout.write(f"  {name} {what}: {amount}")

    def _rehearse(self, folder: Path) -> None:
        if problem := rehearse(folder):
            raise CommandError(problem)
        self.stdout.write("Restored for rehearsal: every row, file and sum is there.")

    def _restore(self, folder: Path) -> None:
        name = connection.settings_dict["NAME"]
        self.stdout.write(f"Into {connection.display_name}, database {name}.")
        problems = restore_backup(folder, say=self.stdout.write)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError("The shop is not as it was: see above. Do not open it.")
        self.stdout.write(
            self.style.SUCCESS(
                "Every row, file and sum is as it was. Next: "
                "`manage.py reconcile --after-restore`, before web and worker start."
            )
        )
