"""Errors reported to Sentry, where SENTRY_DSN is set."""

from .env import ENVIRONMENT, env_str, env_url

__all__ = ["RELEASE", "SENTRY_DSN"]

SENTRY_DSN = env_url("SENTRY_DSN", "", schemes=("https", "http"))
# What is deployed: a tag or a commit.
RELEASE = env_str("RELEASE", "")

if SENTRY_DSN:
    # Imported only here: without an address nothing of Sentry's runs at all.
    from lumira.error_reports import report_errors

    report_errors(SENTRY_DSN, environment=ENVIRONMENT, release=RELEASE)
