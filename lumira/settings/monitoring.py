"""From when on the worker calls somebody: docs/operations.md, "Alerts"."""

from datetime import timedelta

from .env import env_number, env_url

__all__ = [
    "ALERT_COOLDOWN",
    "ALERT_WEBHOOK_URL",
    "DISPUTE_LAST_CALL",
    "FAILURE_RATE_MIN_COUNT",
    "FAILURE_RATE_THRESHOLD",
    "MAX_AMOUNT_THRESHOLD",
    "MONITORING_WINDOW",
    "QUEUE_BACKLOG_THRESHOLD",
    "WEBHOOK_SILENCE",
]

# Where alerts go besides SUPPORT_EMAIL: a JSON webhook, or nowhere.
ALERT_WEBHOOK_URL = env_url("ALERT_WEBHOOK_URL", "", schemes=("https", "http"))

# The newest payments that rate and average are taken of.
MONITORING_WINDOW = timedelta(
    minutes=env_number("MONITORING_WINDOW_MINUTES", 180, at_least=5, at_most=10_080)
)
# More refused payments than this call somebody, and are red on the dashboard.
FAILURE_RATE_THRESHOLD = env_number(
    "FAILURE_RATE_THRESHOLD", 0.10, at_least=0.0, at_most=1.0
)
# One refused card of two is no failure rate of 50 %: it is one refused card.
FAILURE_RATE_MIN_COUNT = env_number(
    "FAILURE_RATE_MIN_COUNT", 10, at_least=1, at_most=100_000
)
# Minor units. Prices are the catalogue's: a larger average means that one is wrong.
MAX_AMOUNT_THRESHOLD = env_number(
    "MAX_AMOUNT_THRESHOLD", 20_000, at_least=1, at_most=99_999_999
)
# A payment that was collected this long ago, and Stripe has told nothing since.
WEBHOOK_SILENCE = timedelta(
    minutes=env_number("WEBHOOK_SILENCE_MINUTES", 30, at_least=5, at_most=10_080)
)
# The last call before the bank decides without us; the first is two days before.
DISPUTE_LAST_CALL = timedelta(
    hours=env_number("DISPUTE_LAST_CALL_HOURS", 24, at_least=1, at_most=720)
)
QUEUE_BACKLOG_THRESHOLD = env_number(
    "QUEUE_BACKLOG_THRESHOLD", 200, at_least=1, at_most=1_000_000
)
# What lasts is said again after this long.
ALERT_COOLDOWN = timedelta(
    minutes=env_number("ALERT_COOLDOWN_MINUTES", 240, at_least=5, at_most=10_080)
)
