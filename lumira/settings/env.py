"""Read the environment, and stop the start with one sentence if a value is wrong."""

import os
from pathlib import Path
from typing import TypeVar

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
    """Comma-separated values, spaces and empty ones dropped."""
    values = (part.strip() for part in env_str(name, default).split(","))
    return [value for value in values if value]


def env_number(name: str, default: N, *, at_least: N) -> N:
    text = env_str(name, str(default))
    try:
        value = type(default)(text)
    except ValueError:
        value = None
    if value is None or value < at_least:
        raise ImproperlyConfigured(f"{name}={text!r}: write a number ≥ {at_least}.")
    return value


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
