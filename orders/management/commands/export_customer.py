import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.privacy.export import export_person
from orders.privacy.named import person_named


class Command(BaseCommand):
    help = (
        "Write all that is kept about a customer into a ZIP for them. Name an order of "
        "theirs rather than their address: a shell remembers what is typed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("customer", help="An order's number, or an address.")
        parser.add_argument("--to", required=True, metavar="FILE.zip")
        parser.add_argument(
            "--by", default="command", metavar="NAME", help="Who asks: for the journal."
        )

    def handle(
        self, *args: Any, customer: str, to: str, by: str, **options: Any
    ) -> None:
        person = person_named(customer)
        if not person.order_ids:
            raise CommandError("No order of theirs is here.")
        path = Path(to)
        # Nobody else on this machine reads it, not even while it is written.
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}.") from None
        with export_person(person, by=by) as whole, path.open("wb") as target:
            shutil.copyfileobj(whole, target)
        self.stdout.write(f"{len(person.order_ids)} orders in {path}")
