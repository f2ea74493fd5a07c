import re

from django.core.exceptions import ImproperlyConfigured

from .env import BASE_DIR, env_str

__all__ = ["MEASURES_CACHE_S", "METRICS_FOLDER", "METRICS_TOKEN"]

# Without one /metrics is open in development, and does not exist elsewhere.
METRICS_TOKEN = env_str("METRICS_TOKEN", "")
if METRICS_TOKEN and not re.fullmatch(r"[!-~]{16,}", METRICS_TOKEN):
    raise ImproperlyConfigured(
        "METRICS_TOKEN: use 16 characters or more, without spaces and accents."
    )

# Where web and worker count together. A name of its own: the client library would
# take PROMETHEUS_MULTIPROC_DIR for every command too, whose numbers end with it.
METRICS_FOLDER = BASE_DIR / env_str("METRICS_FOLDER", "var/metrics")

# How long what was measured in the database is good for another scrape.
MEASURES_CACHE_S = 5
