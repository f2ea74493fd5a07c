import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from payments.reconcile.run import WINDOW
from payments.reconcile.written_runs import carry_out_run, note_command


class Command(BaseCommand):
    help = (
        "Compare our books with Stripe's and mend what disagrees. Exit code 1 if "
        "something disagrees still, or Stripe did not answer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what disagrees; mend nothing."
        )
        parser.add_argument(
            "--days",
            type=int,
            default=WINDOW.days,
            help="How far back Stripe's lists are read (%(default)s).",
        )

        parser.add_argument(
            "--after-restore",
            action="store_true",
            help="Also look for money that came in after the backup was made: orders "
            "it names become paid, and each sum without an order is an alert.",
        )

    def handle(
        self,
        *args: Any,
        dry_run: bool,
        days: int,
        after_restore: bool,
        **options: Any,
    ) -> None:
        report = carry_out_run(
            note_command(is_dry=dry_run),
            window=timedelta(days=days),
            after_restore=after_restore,
            say=self.stdout.write,
        )
        for problem in report.problems:
            self.stderr.write(f"problem {problem}")
        self.stdout.write(
            f"{len(report.mended)} mended, {len(report.left)} left, "
            f"{report.expired} unpaid orders closed"
        )
        if not report.is_clean:
            sys.exit(1)
