from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumira.accounts.models import User
from orders.demo.catalogue import load_experts, load_services
from orders.demo.customers import ORDERS
from orders.models import Expert
from payments.demo.purchases import make_purchase
from payments.demo.sandbox_client import NoSandbox, wait_for_sandbox

LOGIN = PASSWORD = "admin"  # noqa: S105 (printed for everybody to see)


class Command(BaseCommand):
    help = (
        "Load the four services, seven experts and demo orders in every state. The "
        "orders are paid in the Stripe sandbox. Run it again: nothing is doubled, "
        "and edits are kept. --services-only is for a real shop's first day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--services-only", action="store_true")

    def handle(self, *args: Any, services_only: bool, **options: Any) -> None:
        load_services()
        if services_only:
            return
        if settings.ENVIRONMENT == "production":
            raise CommandError(
                "Experts, orders and logins of the demo are not for production; "
                "--services-only loads the services alone."
            )
        try:
            wait_for_sandbox(patience_s=30)
        except NoSandbox as problem:
            raise CommandError(
                f"The demo needs the Stripe sandbox: {problem}"
            ) from None
        load_experts()
        self._add_logins()
        for order in ORDERS:
            make_purchase(order)

    def _add_logins(self) -> None:
        """One who may do everything, and one for each expert."""
        if not User.objects.filter(username=LOGIN).exists():
            User.objects.create_superuser(LOGIN, password=PASSWORD)
        for expert in Expert.objects.filter(user=None):
            first, _, last = expert.name.partition(" ")
            expert.user = User.objects.create_user(
                expert.slug,
                password=PASSWORD,
                first_name=first,
                last_name=last,
                is_staff=True,
            )
            expert.save(update_fields=["user"])
