"""`expand[]`: ids become the objects they name. https://docs.stripe.com/api/expanding_objects"""

import copy
from collections.abc import Callable
from typing import Any

from payments.sandbox.errors import invalid
from payments.sandbox.store import STORE, Json

_MAX_DEPTH = 4

# What a kind shows only when asked: (kind, field) to the function that makes it.
Included = dict[tuple[str, str], Callable[[Json], Any]]


def expanded(thing: Json, paths: list[str], included: Included) -> Json:
    """A copy with these paths expanded. An unknown path is refused."""
    result = copy.deepcopy(thing)
    for path in paths:
        parts = path.split(".")
        if len(parts) > _MAX_DEPTH:
            raise invalid(
                f"You cannot expand more than {_MAX_DEPTH} levels of a property. "
                f"({path})",
                param="expand",
            )
        _expand(result, parts, path, included)
    return result


def _expand(node: Any, parts: list[str], path: str, included: Included) -> None:
    if isinstance(node, list):
        for item in node:
            _expand(item, parts, path, included)
        return
    if not parts or node is None:
        return
    name, rest = parts[0], parts[1:]
    if not isinstance(node, dict):
        raise _refusal(path)
    maker = included.get((str(node.get("object")), name))
    if maker and not isinstance(node.get(name), dict):
        node[name] = copy.deepcopy(maker(node))
    if name not in node:
        raise _refusal(path)
    node[name] = _thing(node[name], path)
    _expand(node[name], rest, path, included)


def _thing(value: Any, path: str) -> Any:
    if isinstance(value, list):
        return [_thing(item, path) for item in value]
    if isinstance(value, str):
        found = STORE.by_id(value)
        if found is None:
            raise _refusal(path)
        return copy.deepcopy(found)
    if value is not None and not isinstance(value, dict):
        raise _refusal(path)
    return value


def _refusal(path: str) -> Exception:
    return invalid(f"This property cannot be expanded ({path}).", param="expand")
