from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.privacy.retention import NotAllForgotten, periods, purge


class Command(BaseCommand):
    help = (
        "Forget what is past its time (KEEP_… in README.md). The worker does it every "
        "day; a repeat finds nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Count only; forget nothing."
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            counts = purge(dry_run=dry_run, by="command")
        except NotAllForgotten as problem:
            raise CommandError(f"Not looked after: {problem}; see the log.") from None
        for one in periods():
            self.stdout.write(f"{counts[one.name]:6} {one.name} ({one.title})")
