from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.models.erasure import ErasureReason
from orders.privacy.erase import ErasureRefused, erase
from orders.privacy.named import person_named
from orders.privacy.obstacles import holding, obstacles

REASONS = [
    reason.value for reason in ErasureReason if reason != ErasureReason.RETENTION
]


class Command(BaseCommand):
    help = (
        "Forget a customer, and keep the books. Says what would go and what stays; "
        "does it with --yes. Name an order of theirs rather than their address: a "
        "shell remembers what is typed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("customer", help="An order's number, or an address.")
        parser.add_argument("--reason", choices=REASONS, default=REASONS[0])
        parser.add_argument(
            "--by", default="command", metavar="NAME", help="Who asks: for the journal."
        )
        parser.add_argument("--yes", action="store_true", help="Do it.")

    def handle(
        self,
        *args: Any,
        customer: str,
        reason: str,
        by: str,
        yes: bool,
        **options: Any,
    ) -> None:
        person = person_named(customer)
        if not (person.order_ids or person.email):
            raise CommandError("No such order.")
        if not yes:
            held = holding(person)
            for mark, lines in (
                ("-", held.goes),
                ("=", held.stays),
                ("!", obstacles(person, is_closed=False)),
            ):
                for line in lines:
                    self.stdout.write(f"{mark} {line}")
            self.stdout.write("Nothing was changed. Again with --yes to do it.")
            return
        try:
            erasure = erase(person, by=by, reason=ErasureReason(reason))
        except ErasureRefused as refused:
            raise CommandError("\n".join(refused.obstacles)) from None
        erasure.refresh_from_db()
        done = "done" if erasure.finished_at else "the worker does the rest"
        self.stdout.write(f"Erasure {erasure.pk}: {erasure.counts}; {done}")
