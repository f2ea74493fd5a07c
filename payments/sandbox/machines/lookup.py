"""Finding an object that a call names."""

from payments.sandbox.errors import missing
from payments.sandbox.store import STORE, Json


def found_in_path(kind: str, thing_id: str, *, param: str = "id") -> Json:
    """The object the address names, else 404."""
    thing = STORE.get(kind, thing_id)
    if thing is None:
        raise missing(kind, thing_id, param=param, in_path=True)
    return thing


def found_by_param(kind: str, thing_id: str, *, param: str = "") -> Json:
    """The object a parameter names, else 400."""
    thing = STORE.get(kind, thing_id)
    if thing is None:
        raise missing(kind, thing_id, param=param or kind, in_path=False)
    return thing


def merged_metadata(thing: Json, given: dict[str, str] | None) -> dict[str, str]:
    """Metadata after an update: keys are added, "" removes one, None removes all."""
    if given is None:
        return {}
    merged = {**(thing.get("metadata") or {}), **given}
    return {key: value for key, value in merged.items() if value != ""}
