"""What the money knows of a person, and how it forgets them."""

from orders.privacy.floors import add_floor
from payments.privacy import addresses, events
from payments.privacy.floor import MONEY

__all__ = ["MONEY", "addresses", "events"]

add_floor(MONEY)
