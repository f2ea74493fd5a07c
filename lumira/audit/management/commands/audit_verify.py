import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumira.audit.verification import Anchor, ChainBroken, verify_chain


class Command(BaseCommand):
    help = (
        "Check that no entry of the journal was changed, removed or inserted, and "
        "print the last one. Exit code 1 with the first thing that is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect",
            metavar="N:HASH",
            default="",
            help="An entry as an earlier run printed it: it must still be there.",
        )

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        try:
            last = verify_chain(_anchor(expect) if expect else None)
        except ChainBroken as problem:
            raise CommandError(str(problem)) from None
        if not last.sequence:
            self.stdout.write("The journal is empty.")
        else:
            noun = "entry" if last.sequence == 1 else "entries"
            self.stdout.write(f"{last.sequence} {noun}, all as written. Last: {last}")


def _anchor(text: str) -> Anchor:
    found = re.fullmatch(r"(\d+):([0-9a-f]{64})", text.strip())
    if found is None:
        raise CommandError("--expect is a number, a colon and 64 hexadecimal digits.")
    return Anchor(int(found[1]), found[2])
