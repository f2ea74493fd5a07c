import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from payments.doctor.examination import examine
from payments.doctor.finding import Finding, Level
from payments.doctor.mail import send_one


class Command(BaseCommand):
    help = (
        "Look at everything the shop stands on and say what to mend. Changes nothing. "
        "Exit code 1 if something is wrong."
    )
    # They are part of what is told, and must not end it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="For programs.")
        parser.add_argument(
            "--send-mail", metavar="ADDRESS", help="Send a mail, to see it arrive."
        )

    def handle(
        self, *args: Any, json: bool, send_mail: str | None, **options: Any
    ) -> None:
        findings = []
        for finding in _all(send_mail):
            findings.append(finding)
            if not json:
                self.stdout.write(str(finding))
        count = Counter(finding.level for finding in findings)
        if json:
            self.stdout.write(_as_json(findings))
        else:
            self.stdout.write(
                f"{count[Level.WRONG]} wrong, {count[Level.WARNING]} warnings, "
                f"{count[Level.OK]} ok"
            )
        if count[Level.WRONG]:
            sys.exit(1)


def _all(address: str | None) -> Iterable[Finding]:
    yield from examine()
    if address:
        yield send_one(address)


def _as_json(findings: list[Finding]) -> str:
    is_healthy = all(finding.level != Level.WRONG for finding in findings)
    rows = [asdict(finding) for finding in findings]
    return json.dumps({"healthy": is_healthy, "findings": rows}, indent=2)
