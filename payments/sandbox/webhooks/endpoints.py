"""Where events go: webhook endpoints and their secrets."""

from payments.sandbox import clock
from payments.sandbox.api_version import API_VERSION
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.store import STORE, Json

KIND = "webhook_endpoint"
_SECRETS = "_endpoint_secrets"


def add_endpoint(
    url: str,
    *,
    enabled_events: list[str] | None = None,
    secrets: list[str] | None = None,
    description: str | None = None,
    metadata: dict[str, str] | None = None,
) -> Json:
    """Make one. Its secrets stay outside of the object, which is shown to callers."""
    endpoint: Json = {
        "id": new_id("we"),
        "object": KIND,
        "api_version": API_VERSION,
        "application": None,
        "created": clock.now(),
        "description": description,
        "enabled_events": enabled_events or ["*"],
        "livemode": False,
        "metadata": metadata or {},
        "status": "enabled",
        "url": url,
    }
    kept = secrets or [f"whsec_{random_text(32)}"]
    STORE.put(_SECRETS, endpoint["id"], {"secrets": kept})
    return STORE.save(endpoint)


def remove_endpoint(endpoint_id: str) -> None:
    STORE.delete(KIND, endpoint_id)
    STORE.delete(_SECRETS, endpoint_id)


def secrets_of(endpoint_id: str) -> list[str]:
    record = STORE.get(_SECRETS, endpoint_id) or {"secrets": []}
    return list(record["secrets"])


def listening_for(event_type: str) -> list[Json]:
    """The enabled endpoints that asked for events of this type."""
    return [
        endpoint
        for endpoint in STORE.all(KIND)
        if endpoint["status"] == "enabled"
        and {"*", event_type} & set(endpoint["enabled_events"])
    ]
