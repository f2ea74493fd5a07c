"""How many serve, and how long one that must stop may take for what it is at."""

from .env import env_number

__all__ = ["STOP_PATIENCE_S", "WEB_CONCURRENCY", "WEB_THREADS"]

WEB_CONCURRENCY = env_number("WEB_CONCURRENCY", 2, at_least=1, at_most=64)
WEB_THREADS = env_number("WEB_THREADS", 4, at_least=1, at_most=64)

# A call to Stripe may take four tries of ten seconds. Who stops us from outside
# (systemd, Docker, `make serve`) waits longer than this.
STOP_PATIENCE_S = 50
