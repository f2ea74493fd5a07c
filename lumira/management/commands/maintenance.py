import sys
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lumira.maintenance import begin_maintenance, end_maintenance, maintenance


class Command(BaseCommand):
    help = (
        "Close the shop on this machine, open it, or say which it is. Closed, it "
        "answers 503 and a page that says so; the admin stays open."
    )
    # It must work while the database is away.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=("on", "off", "status"))
        parser.add_argument(
            "--until",
            metavar="WHEN",
            help="When it should be open again, as the page will say: 18:30 (the next "
            f"one, {settings.TIME_ZONE}), 2026-11-23T18:30 or 45m. It does not open by "
            "itself.",
        )

    def handle(self, *args: Any, state: str, until: str | None, **options: Any) -> None:
        if until and state != "on":
            raise CommandError("--until belongs to `on`.")
        if state == "on":
            begin_maintenance(moment(until) if until else None)
        elif state == "off":
            end_maintenance()
        closed = maintenance()
        if closed is None:
            self.stdout.write(f"The shop is open ({settings.MAINTENANCE_FILE}).")
        elif closed.until is None:
            self.stdout.write(f"The shop is closed ({settings.MAINTENANCE_FILE}).")
        else:
            when = timezone.localtime(closed.until)
            self.stdout.write(
                f"The shop is closed until {when:%Y-%m-%d %H:%M} "
                f"({settings.MAINTENANCE_FILE})."
            )
        if state == "status" and closed:
            sys.exit(1)


def moment(text: str) -> datetime:
    """A time to come: `18:30`, `2026-11-23T18:30`, `45m` or `2h`."""
    now = timezone.localtime()
    try:
        if text.endswith(("m", "h")):
            unit = timedelta(minutes=1) if text.endswith("m") else timedelta(hours=1)
            told = now + int(text[:-1]) * unit
        elif len(text) <= 5:
            hour, minute = (int(part) for part in text.split(":"))
            told = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
            told += timedelta(days=1) if told <= now else timedelta()
        else:
            told = datetime.fromisoformat(text)
            told = told if timezone.is_aware(told) else timezone.make_aware(told)
    except (ValueError, OverflowError):
        raise CommandError(
            f"--until {text}: write 18:30, 2026-11-23T18:30 or 45m."
        ) from None
    if told <= now:
        raise CommandError(f"--until {text}: that is past.")
    return told
