from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders.models import Order
from payments.defence.lifting import lift_brake, lift_limits


class Command(BaseCommand):
    help = (
        "Let the buyers of these orders pay at once, whatever the limits counted for "
        "them; or end the brake on everybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="*", metavar="LU…")
        parser.add_argument("--brake", action="store_true")

    def handle(
        self, *args: Any, numbers: list[str], brake: bool, **options: Any
    ) -> None:
        if not numbers and not brake:
            raise CommandError("Name an order, or --brake.")
        for number in numbers:
            order = Order.objects.filter(number=number).first()
            if order is None:
                raise CommandError(f"There is no order {number}.")
            lifted = lift_limits(order, by="manage.py")
            said = "can be paid now" if lifted else "was not held up"
            self.stdout.write(f"{number}: {said}")
        if brake:
            was_on = lift_brake(by="manage.py")
            self.stdout.write("The brake is off." if was_on else "The brake was off.")
