"""Sentry, told what the log is told: errors, and nothing of the person.

The SDK's own integrations look into requests, queries and variables; none of them is
used but the one that hears what is logged as an error.
"""

import logging
from typing import Any, cast

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger
from sentry_sdk.types import Event, Hint

from lumira.kit.log_context import known_facts
from lumira.kit.log_filter import scrubbed, without_secrets
from lumira.kit.tracebacks import may_be_quoted

# All else that an event may carry stays here.
KEPT = ("event_id", "timestamp", "level", "logger", "platform", "sdk")
KEPT_OF_FRAME = (
    "filename",
    "abs_path",
    "function",
    "module",
    "lineno",
    "pre_context",
    "context_line",
    "post_context",
    "in_app",
)


def report_errors(dsn: str, *, environment: str, release: str) -> None:
    """Send what is logged as an error from now on. A repeat replaces the first."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=anonymous,
    )
    # Strangers who call the server by another name: no error of ours.
    ignore_logger("django.security.DisallowedHost")


def anonymous(event: Event, _hint: Hint) -> Event:
    """A new event of what is known to be harmless, instead of one with holes in it."""
    told = cast(dict[str, Any], event)
    kept = {name: told[name] for name in KEPT if name in told}
    for name in ("environment", "release"):
        if told.get(name):
            kept[name] = told[name]
    entry = told.get("logentry") or {}
    if text := entry.get("formatted") or entry.get("message"):
        kept["logentry"] = {"formatted": scrubbed(str(text))}
    if chain := told.get("exception"):
        kept["exception"] = {"values": [_error(one) for one in chain["values"]]}
    kept["tags"] = {
        name: str(value) for name, value in without_secrets(known_facts()).items()
    }
    return cast(Event, kept)


def _error(told: dict[str, Any]) -> dict[str, Any]:
    kind = f"{told.get('module') or 'builtins'}.{told.get('type')}"
    text = scrubbed(str(told.get("value") or "")) if may_be_quoted(kind) else ""
    frames = (told.get("stacktrace") or {}).get("frames") or []
    return {
        "type": told.get("type"),
        "module": told.get("module"),
        "value": text,
        "stacktrace": {
            "frames": [
                {name: frame[name] for name in KEPT_OF_FRAME if name in frame}
                for frame in frames
            ]
        },
    }
