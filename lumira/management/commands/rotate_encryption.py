from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumira.audit.key_history import let_keys_go, needs_an_older_key
from lumira.kit.encryption.rotation import (
    Tally,
    encrypted_models,
    look_through,
    renew,
)

# Rows that change while they are read are seen again.
PASSES = 3


class Command(BaseCommand):
    help = (
        "Move everything encrypted to the first key of ENCRYPTION_KEY, then check "
        "that nothing needs another one. Safe beside a running shop, to stop and to "
        "repeat. Exit code 1 while something needs an older key, or no key reads it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--check",
            action="store_true",
            help="Only say whether the older keys can be removed: exit code 1 if not.",
        )
        only.add_argument(
            "--dry-run",
            action="store_true",
            help="Only say how much there is to do.",
        )

    def handle(self, *args: Any, check: bool, dry_run: bool, **options: Any) -> None:
        is_looking_only = check or dry_run
        if not is_looking_only:
            self._rotate()
        tallies = [look_through(model) for model in encrypted_models()]
        for tally in tallies:
            if is_looking_only or not tally.is_done:
                self.stdout.write(_said(tally))
        journal = needs_an_older_key()
        if journal:
            self.stdout.write(f"audit journal: {journal}")
        if dry_run:
            return
        if journal or not all(tally.is_done for tally in tallies):
            raise CommandError(
                "Something still needs an older key, or a key that is not here: "
                "remove none from ENCRYPTION_KEY."
            )
        self.stdout.write(
            "Everything is under the first key: the others can be removed."
        )

    def _rotate(self) -> None:
        let_keys_go()
        for model in encrypted_models():
            written = 0
            for _ in range(PASSES):
                tally = renew(model)
                written += tally.written
                if tally.written == tally.behind:
                    break
            self.stdout.write(
                f"{model._meta.label}: {written} rows moved to the first key"
            )


def _said(tally: Tally) -> str:
    text = f"{tally.label}: {tally.rows} rows, {tally.behind} need an older key"
    if tally.unreadable:
        some = ", ".join(tally.unreadable[:5])
        text += f", {len(tally.unreadable)} that no key reads ({some})"
    return text
