"""Stripe's form encoding: `a[b][0][c]=v` becomes {"a": {"b": {"0": {"c": "v"}}}}.

Lists stay maps of positions here, because only the parameter table knows whether
`metadata[7]` is the eighth item or a key named 7.
"""

import re
from typing import Any
from urllib.parse import parse_qsl

from payments.sandbox.errors import invalid
from payments.sandbox.store import Json

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")
_MAX_FIELDS = 2000


def decode_form(text: str) -> Json:
    """Read a body or a query string. Refuses keys that are not well formed."""
    root: Json = {}
    try:
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            strict_parsing=bool(text),
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as problem:
        raise invalid(f"Invalid form encoding: {problem}") from problem
    for raw, value in pairs:
        _put(root, raw, value)
    return root


def _put(root: Json, raw: str, value: str) -> None:
    match = _KEY.match(raw)
    if not match:
        raise invalid(f"Invalid request parameter: {raw}", param=raw)
    path = [match[1], *_PART.findall(match[2])]
    node = root
    for part in path[:-1]:
        inner = node.setdefault(part or str(len(node)), {})
        if not isinstance(inner, dict):
            raise invalid(f"Invalid request parameter: {raw}", param=raw)
        node = inner
    node[path[-1] or str(len(node))] = value


def with_lists(value: Any) -> Any:
    """The same with lists as lists, for people and journals; metadata stays a map."""
    if not isinstance(value, dict):
        return value
    inner = {
        key: item if key == "metadata" else with_lists(item)
        for key, item in value.items()
    }
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
