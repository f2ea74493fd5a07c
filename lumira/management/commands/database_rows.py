import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lumira.rows import TargetNotEmpty, digests, read_rows, write_rows


class Command(BaseCommand):
    help = "One half of copy_database: the rows of DATABASE_URL, through a pipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["engine", "write", "read", "digest"])
        parser.add_argument("--milliseconds", action="store_true")

    def handle(self, *args: Any, what: str, milliseconds: bool, **options: Any) -> None:
        # Not self.stdout: its wrapper costs more than the rows.
        out = sys.stdout
        if what == "engine":
            self._check_migrated()
            out.write(connection.vendor)
        elif what == "write":
            out.writelines(f"{line}\n" for line in write_rows())
        elif what == "digest":
            for row in digests(milliseconds=milliseconds):
                out.write(f"{json.dumps(row)}\n")
        else:
            try:
                out.write(str(read_rows(line for line in sys.stdin)))
            except TargetNotEmpty as problem:
                raise CommandError(str(problem)) from None

    def _check_migrated(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("Run `manage.py migrate` on it first.")
