"""How long personal data are kept; docs/operations.md says why so long."""

from .env import env_number

__all__ = [
    "KEEP_ANSWERS_MONTHS",
    "KEEP_EVENTS_DAYS",
    "KEEP_MESSAGES_DAYS",
    "KEEP_UNPAID_DAYS",
]

# Who never paid: long enough to come back to it.
KEEP_UNPAID_DAYS = env_number("KEEP_UNPAID_DAYS", 30, at_least=2, at_most=3650)
# Answers and pictures, after the reading was handed over.
KEEP_ANSWERS_MONTHS = env_number("KEEP_ANSWERS_MONTHS", 12, at_least=1, at_most=120)
# What was sent, and when. Ids only.
KEEP_MESSAGES_DAYS = env_number("KEEP_MESSAGES_DAYS", 180, at_least=8, at_most=3650)
# Stripe lists events for thirty days, and reconcile looks as far back.
KEEP_EVENTS_DAYS = env_number("KEEP_EVENTS_DAYS", 90, at_least=45, at_most=3650)
