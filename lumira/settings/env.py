"""Read the environment, and stop the start with one sentence if a value is wrong."""

import os
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

__all__ = ["BASE_DIR", "DEBUG", "ENVIRONMENT"]

N = TypeVar("N", int, float)

BASE_DIR = Path(__file__).resolve().parents[2]

# A developer's .env must not decide what the tests see.
if os.environ.get("ENVIRONMENT", "").strip() != "test":
    environ.Env.read_env(BASE_DIR / ".env")


def env_str(name: str, default: str | None = None) -> str:
    """The value without surrounding spaces; an empty value counts as missing."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set; .env.example explains it.")
    return default


def env_list(name: str, default: str | None = None) -> list[str]:
    """Comma-separated values, spaces and empty ones dropped; commas alone are wrong."""
    text = env_str(name, default)
    values = [part.strip() for part in text.split(",") if part.strip()]
    if text and not values:
        raise ImproperlyConfigured(f"{name}={text!r} names nothing.")
    return values


def env_number(name: str, default: N, *, at_least: N, at_most: N) -> N:
    text = env_str(name, str(default))
    try:
        value = type(default)(text)
    except ValueError:
        value = None
    # A NaN is not within any bounds.
    if value is None or not at_least <= value <= at_most:
        raise ImproperlyConfigured(
            f"{name}={text!r}: write a number from {at_least} to {at_most}."
        )
    return value


def env_url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    """An address with a host, without a slash at its end. An empty default may stay."""
    url = env_str(name, default)
    if url == default == "":
        return url
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (reading it is what raises)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in schemes or not parts.hostname:
        wanted = " or ".join(f"{scheme}://host" for scheme in schemes)
        # Not repeated: addresses of databases and queues carry passwords.
        raise ImproperlyConfigured(f"{name} must look like {wanted}.")
    return url.rstrip("/")


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = env_str(name, default)
    if value not in choices:
        raise ImproperlyConfigured(
            f"{name}={value!r}: use one of {', '.join(choices)}."
        )
    return value


ENVIRONMENT = env_choice(
    "ENVIRONMENT", "development", ("development", "test", "production")
)
IS_PRODUCTION = ENVIRONMENT == "production"
# Technical error pages, for one's own machine only. Off even in the demo, which
# shows what a customer would see.
DEBUG = env_choice("DEBUG", "0", ("0", "1")) == "1"
if DEBUG and IS_PRODUCTION:
    raise ImproperlyConfigured("DEBUG=1 is not for ENVIRONMENT=production.")


def required_in_production(name: str, otherwise: str) -> str:
    """The variable; outside production `otherwise` will do."""
    return env_str(name, None if IS_PRODUCTION else otherwise)
