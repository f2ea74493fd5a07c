"""Compare JSON objects with the annotations of the SDK's resource classes (stripe>=15).

Open enums (`Literal[…] | str`) are closed here on purpose: a word that the SDK does not
know is a mistake of ours.
"""

import ast
import importlib
import inspect
import typing
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

from stripe._error_object import ErrorObject
from stripe._list_object import ListObject
from stripe._object_classes import get_object_class
from stripe._stripe_object import StripeObject, UntypedStripeObject

Json = dict[str, Any]
_NONE = type(None)
_GUARD = "TYPE_CHECKING"
_UNION: Any = Union
_ATOMS: dict[Any, tuple[type, ...]] = {
    int: (int,),
    float: (int, float),
    bool: (bool,),
    str: (str,),
    Decimal: (str,),
}
# The SDK leaves the word open and lists these in its comment.
_ERROR_TYPES = frozenset(
    {"api_error", "card_error", "idempotency_error", "invalid_request_error"}
)


def check_response(body: Json) -> list[str]:
    """What is wrong with an object, in words; nothing when it fits its class."""
    kind = str(body.get("object"))
    if kind == "list":
        problems = _list_object_problems((Any,), body, kind)
        rows = body["data"] if not problems else []
        return problems + [
            f"{kind}[{place}].{problem}"
            for place, row in enumerate(rows)
            for problem in check_response(row)
        ]
    if body.get("deleted"):
        more = sorted(set(body) - {"id", "object", "deleted"})
        return [f"{kind}.{name}: more than a deleted object tells" for name in more]
    return _problems(_class_of(kind), body, kind)


def check_event(event: Json) -> list[str]:
    """An event, the object that it tells of, and the names of what it says changed."""
    kind, found = str(event.get("type")), check_response(event)
    data = event.get("data")
    thing = data.get("object") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(thing, dict):
        return [*found, f"{kind}: tells of nothing"]
    found += check_response(thing)
    known = fields(_class_of(str(thing.get("object"))))
    found += [
        f"previous_attributes.{name}: unknown field"
        for name in data.get("previous_attributes") or ()
        if name not in known
    ]
    return [f"{kind}: {problem}" for problem in found]


def check_error(error: Json) -> list[str]:
    """The `error` of a refusal. Fields without a value are left out, never null."""
    known = fields(ErrorObject)
    found = [f"error.{name}: null" for name, value in error.items() if value is None]
    found += [f"error.{name}: unknown field" for name in error if name not in known]
    if error.get("type") not in _ERROR_TYPES:
        found.append(f"error.type: {error.get('type')!r} is no type of error")
    for name in known.keys() & error.keys():
        found += _problems(known[name], error[name], f"error.{name}")
    return found


def _class_of(kind: str) -> Any:
    """The resource class of an `object`; StripeObject when the SDK has none."""
    return get_object_class("V1", kind)


def _problems(annotation: Any, value: Any, path: str) -> list[str]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return []
    if origin is Union:
        return _union_problems(inner, value, path)
    if origin is Literal:
        return [] if value in inner else [f"{path}: {value!r} not in {inner}"]
    if annotation is ListObject or origin is ListObject:
        return _list_object_problems(inner, value, path)
    if origin is list:
        return _rows_problems(inner, value, path)
    if origin is dict or UntypedStripeObject in (origin, annotation):
        return _map_problems(inner, value, path)
    if isinstance(annotation, type) and issubclass(annotation, StripeObject):
        return _object_problems(annotation, value, path)
    if type(value) in _ATOMS.get(annotation, ()):
        return []
    return [f"{path}: {annotation} expected, got {value!r}"]


def _union_problems(inner: tuple[Any, ...], value: Any, path: str) -> list[str]:
    if value is None:
        return [] if _NONE in inner else [f"{path}: null"]
    inner = tuple(item for item in inner if item is not _NONE)
    words = [item for item in inner if get_origin(item) is Literal]
    if words and str in inner:
        known = any(value in get_args(item) for item in words)
        return [] if known else [f"{path}: {value!r} not in the enum"]
    tries = [
        _problems(item, value, path) for item in inner if _may_be_that(item, value)
    ]
    return min(tries, key=len, default=[f"{path}: fits none"])


def _may_be_that(annotation: Any, value: Any) -> bool:
    """Whether the value's `object` does not rule this class out."""
    is_class = isinstance(annotation, type) and issubclass(annotation, StripeObject)
    if not (is_class and isinstance(value, dict)):
        return True
    name = getattr(annotation, "OBJECT_NAME", value.get("object"))
    return bool(name == value.get("object"))


def _list_object_problems(inner: tuple[Any, ...], value: Any, path: str) -> list[str]:
    names = {"object", "data", "has_more", "url"}
    is_list = isinstance(value, dict) and names == set(value)
    if not (is_list and value["object"] == "list"):
        return [f"{path}: not a list object"]
    if (type(value["has_more"]), type(value["url"])) != (bool, str):
        return [f"{path}: has_more or url is of the wrong type"]
    return _rows_problems(inner, value["data"], f"{path}.data")


def _rows_problems(inner: tuple[Any, ...], value: Any, path: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{path}: not a list"]
    annotation = inner[0] if inner else Any
    return [
        problem
        for place, row in enumerate(value)
        for problem in _problems(annotation, row, f"{path}[{place}]")
    ]


def _map_problems(inner: tuple[Any, ...], value: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: not a map"]
    annotation = inner[-1] if inner else Any
    return [
        problem
        for key, item in value.items()
        for problem in _problems(annotation, item, f"{path}.{key}")
    ]


def _object_problems(cls: Any, value: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: not a {cls.__name__}"]
    known = fields(cls)
    found = [f"{path}.{key}: unknown field" for key in value if key not in known]
    for key, annotation in known.items():
        if key in value:
            found += _problems(annotation, value[key], f"{path}.{key}")
        elif _NONE not in get_args(annotation):
            found.append(f"{path}.{key}: missing")
    return found


@cache
def fields(resource: Any) -> dict[str, Any]:
    """The fields that a resource class declares, with resolved annotations."""
    declared = resource.__dict__.get("__annotations__", {})
    return {
        name: _resolved(annotation, resource.__module__)
        for name, annotation in declared.items()
        if not name.startswith("_") and get_origin(annotation) is not ClassVar
    }


def _resolved(annotation: Any, module: str) -> Any:
    if isinstance(annotation, str):
        annotation = ForwardRef(annotation)
    if isinstance(annotation, ForwardRef):
        named = eval(annotation.__forward_arg__, _names(module))
        return _resolved(named, module)
    origin: Any = get_origin(annotation)
    inner = get_args(annotation)
    if origin is Union:
        return _UNION[tuple(_resolved(item, module) for item in inner)]
    if origin in (list, ListObject):
        return origin[_resolved(inner[0], module)]
    if origin is dict:
        return origin[inner[0], _resolved(inner[1], module)]
    return annotation


@cache
def _names(module: str) -> Json:
    """What a module of the SDK imports, for type checkers only included."""
    loaded = importlib.import_module(module)
    names: Json = {**vars(typing), **vars(loaded)}
    for line in _imports_for_type_checkers(inspect.getsource(loaded)):
        source = importlib.import_module(str(line.module))
        names.update(
            {
                alias.asname or alias.name: getattr(source, alias.name)
                for alias in line.names
            }
        )
    return names


def _imports_for_type_checkers(source: str) -> Iterator[ast.ImportFrom]:
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == _GUARD):
            continue
        for line in node.body:
            if isinstance(line, ast.ImportFrom) and not _is_about_params(line):
                yield line


def _is_about_params(line: ast.ImportFrom) -> bool:
    return str(line.module).startswith("stripe.params")
