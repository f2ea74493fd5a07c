"""How many serve, how long one that must stop may take, and what is served."""

from .env import ENVIRONMENT, IS_PRODUCTION, env_number

__all__ = [
    "HAS_STYLEGUIDE",
    "KEEPS_PAGES",
    "KEPT_VERSION_S",
    "STOP_PATIENCE_S",
    "WEB_CONCURRENCY",
    "WEB_THREADS",
]

# Public pages stay in memory, where templates do not change: lumira/kept_pages.py.
KEEPS_PAGES = IS_PRODUCTION
# How long nobody asks the database whether the catalogue was edited.
KEPT_VERSION_S = 1.0

WEB_CONCURRENCY = env_number("WEB_CONCURRENCY", 2, at_least=1, at_most=64)
WEB_THREADS = env_number("WEB_THREADS", 4, at_least=1, at_most=64)

# A call to Stripe may take four tries of ten seconds. Who stops us from outside
# (systemd, Docker, `make serve`) waits longer than this.
STOP_PATIENCE_S = 50

# The page of all components is for those who make them.
HAS_STYLEGUIDE = ENVIRONMENT == "development"
