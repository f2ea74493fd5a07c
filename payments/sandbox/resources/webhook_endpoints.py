"""/v1/webhook_endpoints. https://docs.stripe.com/api/webhook_endpoints"""

from urllib.parse import urlsplit

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import page
from payments.sandbox.api.params import (
    Choice,
    Fields,
    Hash,
    ListOf,
    Metadata,
    Text,
    YesNo,
)
from payments.sandbox.api.tables import EXPAND, EXPANDABLE, plain_list_table
from payments.sandbox.api_version import API_VERSION
from payments.sandbox.errors import invalid
from payments.sandbox.machines.lookup import found_in_path, merged_metadata
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.endpoints import (
    KIND,
    add_endpoint,
    remove_endpoint,
    secrets_of,
)

_DESCRIBING: Fields = {
    "description": Text(),
    "enabled_events": ListOf(Text(), may_be_empty=False),
    "expand": EXPAND,
    "metadata": Metadata(),
    "url": Text(may_be_empty=False),
}
_CREATE = Hash(
    {**_DESCRIBING, "api_version": Choice(API_VERSION)},
    required=("enabled_events", "url"),
)
_UPDATE = Hash({**_DESCRIBING, "disabled": YesNo()})


def create(call: Call) -> Json:
    """The only answer that shows the secret."""
    params = call.params
    _check_url(params["url"])
    endpoint = add_endpoint(
        params["url"],
        enabled_events=params["enabled_events"],
        description=params.get("description") or None,
        metadata=merged_metadata({}, params.get("metadata")),
    )
    return {**endpoint, "secret": secrets_of(endpoint["id"])[0]}


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"), param="webhook_endpoint")


def update(call: Call) -> Json:
    endpoint, params = read(call), call.params
    if "url" in params:
        _check_url(params["url"])
    for name in ("url", "enabled_events"):
        if name in params:
            endpoint[name] = params[name]
    if "description" in params:
        endpoint["description"] = params["description"] or None
    if "metadata" in params:
        endpoint["metadata"] = merged_metadata(endpoint, params["metadata"])
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] else "enabled"
    return STORE.save(endpoint)


def delete(call: Call) -> Json:
    endpoint = read(call)
    remove_endpoint(endpoint["id"])
    return {"id": endpoint["id"], "object": KIND, "deleted": True}


def all_endpoints(call: Call) -> Json:
    return page(call, STORE.all(KIND), kind=KIND)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise invalid("Not a valid URL", code="url_invalid", param="url")


_ROOT = "/v1/webhook_endpoints"
ENDPOINTS = (
    Endpoint("POST", _ROOT, _CREATE, create),
    Endpoint("GET", _ROOT, plain_list_table(), all_endpoints),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", _UPDATE, update),
    Endpoint("DELETE", f"{_ROOT}/{{id}}", Hash({}), delete),
)
