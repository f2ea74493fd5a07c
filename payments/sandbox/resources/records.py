"""What can only be read: balance transactions, events, mandates.

https://docs.stripe.com/api/events, /balance_transactions, /mandates
"""

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import ListOf, Text, YesNo
from payments.sandbox.api.tables import EXPANDABLE, list_table
from payments.sandbox.errors import invalid, missing
from payments.sandbox.machines.lookup import found_in_path
from payments.sandbox.store import STORE, Json

_EVENTS_KEPT_S = 30 * 24 * 3600


def read_movement(call: Call) -> Json:
    return found_in_path("balance_transaction", call.arg("id"))


def all_movements(call: Call) -> Json:
    params = call.params
    found = matching(
        STORE.all("balance_transaction"),
        currency=params.get("currency"),
        source=params.get("source"),
        type=params.get("type"),
    )
    return page(call, found, kind="balance_transaction")


def read_event(call: Call) -> Json:
    event = found_in_path("event", call.arg("id"))
    if not _is_kept(event):
        raise missing("event", event["id"], param="id", in_path=True)
    return event


def all_events(call: Call) -> Json:
    params = call.params
    kinds = params.get("types")
    if kinds is not None and "type" in params:
        raise invalid("You may only specify one of these parameters: type, types.")
    if "type" in params:
        kinds = [params["type"]]
    found = [
        event
        for event in STORE.all("event")
        if _is_kept(event)
        and (kinds is None or any(_is_a(event, kind) for kind in kinds))
        and params.get("delivery_success") in (None, event["pending_webhooks"] == 0)
    ]
    return page(call, found, kind="event")


def read_mandate(call: Call) -> Json:
    return found_in_path("mandate", call.arg("id"), param="mandate")


def _is_kept(event: Json) -> bool:
    return bool(event["created"] > clock.now() - _EVENTS_KEPT_S)


def _is_a(event: Json, kind: str) -> bool:
    """`charge.*` stands for all that begins with it."""
    if kind.endswith("*"):
        return bool(event["type"].startswith(kind[:-1]))
    return bool(event["type"] == kind)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/balance_transactions",
        list_table(currency=Text(), source=Text(), type=Text()),
        all_movements,
    ),
    Endpoint("GET", "/v1/balance_transactions/{id}", EXPANDABLE, read_movement),
    Endpoint(
        "GET",
        "/v1/events",
        list_table(delivery_success=YesNo(), type=Text(), types=ListOf(Text())),
        all_events,
    ),
    Endpoint("GET", "/v1/events/{id}", EXPANDABLE, read_event),
    Endpoint("GET", "/v1/mandates/{id}", EXPANDABLE, read_mandate),
)
