"""Controls of events and their way: endpoints, deliveries, on and off, by hand."""

from dataclasses import fields, replace
from typing import Any

from django.http import HttpRequest

from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.start import DEFAULT_SECRET
from payments.sandbox.store import STORE, Json
from payments.sandbox.transaction import change_and_release
from payments.sandbox.webhooks import delivery
from payments.sandbox.webhooks.endpoints import (
    KIND,
    add_endpoint,
    remove_endpoint,
    secrets_of,
)
from payments.sandbox.webhooks.events import emit_by_hand
from payments.sandbox.webhooks.settings import (
    WebhookSettings,
    save_webhook_settings,
    webhook_settings,
)
from payments.sandbox.webhooks.workers import MOST_WORKERS

_FORGEABLE = ("id", "livemode", "api_version", "created", "request", "account")


@control("GET", "POST")
def endpoints(request: HttpRequest, asked: Json) -> Any:
    """Read the webhook endpoints, or replace them all by `endpoints` (or one)."""
    if request.method == "POST":
        wanted = asked.get("endpoints", [asked] if asked.get("url") else None)
        if not isinstance(wanted, list) or not all(
            isinstance(item, dict) and item.get("url") for item in wanted
        ):
            raise Unusable('Give {"endpoints": [{"url": …, "secrets": […]}, …]}.')
        with change_and_release():
            for endpoint in STORE.all(KIND):
                remove_endpoint(endpoint["id"])
            for item in wanted:
                add_endpoint(
                    item["url"],
                    enabled_events=item.get("enabled_events"),
                    secrets=item.get("secrets") or [DEFAULT_SECRET],
                )
    with STORE.lock:
        return [
            {**endpoint, "secrets": secrets_of(endpoint["id"])}
            for endpoint in STORE.all(KIND)
        ]


@control("GET", "POST")
def events(request: HttpRequest, asked: Json) -> Any:
    """Every event, oldest first (`?type=`), or send one made by hand.

    POST takes `type`, `object`, and any of id, livemode, api_version, created.
    """
    if request.method == "POST":
        if not isinstance(asked.get("type"), str) or "object" not in asked:
            raise Unusable('Give {"type": …, "object": {…}}.')
        forged = {name: asked[name] for name in _FORGEABLE if name in asked}
        with change_and_release():
            return emit_by_hand(asked["type"], asked["object"], **forged)
    with STORE.lock:
        return [
            event
            for event in STORE.all("event")
            if asked.get("type") in (None, event["type"])
        ]


@control("GET")
def deliveries(request: HttpRequest, asked: Json) -> Any:
    """Every delivery with its attempts, oldest first; `?event=` and `?state=`."""
    with STORE.lock:
        return [
            item
            for item in STORE.all(delivery.KIND)
            if asked.get("event") in (None, item["event"])
            and asked.get("state") in (None, item["state"])
        ]


@control("POST")
def resend(request: HttpRequest, asked: Json, event_id: str) -> Any:
    """Send an event once more, as the dashboard's "Resend" does."""
    with change_and_release():
        if STORE.get("event", event_id) is None:
            raise Unusable(f"There is no event {event_id}.")
        return delivery.send_again(event_id)


@control("GET", "POST")
def webhooks(request: HttpRequest, asked: Json) -> Json:
    """Read or change how webhooks are sent; `send_held` lets go of what was held."""
    if request.method == "POST":
        known = {field.name for field in fields(WebhookSettings)}
        changes = {name: value for name, value in asked.items() if name != "send_held"}
        if not set(changes) <= known:
            raise Unusable(f"Known settings: {', '.join(sorted(known))}, send_held.")
        if not 1 <= changes.get("workers", 1) <= MOST_WORKERS:
            raise Unusable(f"workers is between 1 and {MOST_WORKERS}.")
        with change_and_release():
            save_webhook_settings(replace(webhook_settings(), **changes))
            if not webhook_settings().enabled:
                delivery.hold_waiting()
            elif asked.get("send_held"):
                delivery.send_held()
    with STORE.lock:
        settings = webhook_settings()
        return {field.name: getattr(settings, field.name) for field in fields(settings)}
