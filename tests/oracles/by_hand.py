"""Bodies with one field changed by hand, to see whether an oracle notices."""

import copy
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]

# No field of Stripe's looks like this; metadata would take text.
_NONSENSE = {"changed by hand": 7}
# Hashes that hold whatever somebody wrote into them.
_FREE = frozenset({"use_stripe_sdk", "fraud_details", "previous_attributes"})


def changed_in_each_field(body: Json) -> Iterator[tuple[str, Json]]:
    """(name of a field, the body with nonsense there) for each field at any depth."""
    for path in _paths(body):
        changed = copy.deepcopy(body)
        _holder(changed, path)[path[-1]] = copy.deepcopy(_NONSENSE)
        yield named(path), changed


def without(body: Json, *path: str) -> Json:
    """The body without this field."""
    changed = copy.deepcopy(body)
    del _holder(changed, path)[path[-1]]
    return changed


def having(body: Json, value: Any, *path: str) -> Json:
    """The body with this value there, new or instead of what was."""
    changed = copy.deepcopy(body)
    _holder(changed, path)[path[-1]] = value
    return changed


def named(path: Path) -> str:
    return ".".join(map(str, path))


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        if key in _FREE:
            continue
        yield (*above, key)
        yield from _paths(inner, (*above, key))


def _holder(body: Any, path: Path) -> Any:
    for key in path[:-1]:
        body = body[key]
    return body
