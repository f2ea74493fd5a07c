from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.demo.catalogue import load_experts, load_services
from orders.demo.customers import ORDERS
from orders.demo.staff import load_staff
from payments.demo.purchases import make_purchase
from payments.demo.sandbox_client import NoSandbox, wait_for_sandbox


class Command(BaseCommand):
    help = (
        "Load the four services, seven experts, a login for each role and demo "
        "orders in every state. The orders are paid in the Stripe sandbox. Run it "
        "again: nothing is doubled, and edits are kept. --services-only is for a "
        "real shop's first day."
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
        load_staff()
        for order in ORDERS:
            make_purchase(order)
