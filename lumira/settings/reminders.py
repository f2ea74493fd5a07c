"""When who left an unpaid order is reminded of it: docs/operations.md, "Mails"."""

from datetime import timedelta

from .env import env_number

__all__ = ["RESUME_REMINDER_AFTER"]

# Nearly the hour at which they ordered: nobody is woken, and there is time left before
# the payment is closed, after 24 hours. None: no reminder at all.
_hours = env_number("RESUME_REMINDER_HOURS", 20, at_least=0, at_most=23)
RESUME_REMINDER_AFTER = timedelta(hours=_hours) if _hours else None
