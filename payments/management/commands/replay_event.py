from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from payments.gateway import GatewayError
from payments.webhooks.replay import replay_event


class Command(BaseCommand):
    help = (
        "Fetch events from Stripe by id and act on those that are not processed yet. "
        "Exit code 1 if one fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event_ids", nargs="+", metavar="evt_…")

    def handle(self, *args: Any, event_ids: list[str], **options: Any) -> None:
        failed = 0
        for event_id in event_ids:
            try:
                is_new = replay_event(event_id, by="shell")
            except GatewayError as problem:
                failed += 1
                self.stderr.write(f"{event_id}: Stripe does not give it ({problem})")
            except Exception as error:  # the others are still tried
                failed += 1
                self.stderr.write(f"{event_id}: failed again ({type(error).__name__})")
            else:
                self.stdout.write(
                    f"{event_id}: {'processed' if is_new else 'was processed before'}"
                )
        if failed:
            raise CommandError(f"{failed} of {len(event_ids)} failed.")
