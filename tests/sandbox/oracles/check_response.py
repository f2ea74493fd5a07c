"""Compare JSON objects with the annotations of the SDK's resource classes (stripe>=15).

Open enums (`Literal[…] | str`) are closed here on purpose: a word that the SDK does not
know is a mistake of ours.
"""

import ast
import importlib
import inspect
import typing
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

from stripe._list_object import ListObject
from stripe._object_classes import get_object_class
from stripe._stripe_object import StripeObject, UntypedStripeObject

Json = dict[str, Any]
_NONE = type(None)
_ATOMS: dict[Any, tuple[type, ...]] = {
    int: (int,),
    float: (int, float),
    bool: (bool,),
    str: (str,),
    Decimal: (str,),
}


def check_response(body: Json) -> list[str]:
    """What is wrong with an object, in words; nothing when it fits its class."""
    kind = body.get("object")
    if kind == "list":
        return [
            f"{place}{problem}"
            for place, row in enumerate(body["data"])
            for problem in check_response(row)
        ]
    if body.get("deleted"):
        return [] if set(body) == {"id", "object", "deleted"} else [f"{kind}: more"]
    return _problems(get_object_class("V1", str(kind)), body, str(kind))


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
        return [] if isinstance(value, dict) else [f"{path}: not a map"]
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
    if not (isinstance(value, dict) and names <= set(value)):
        return [f"{path}: not a list object"]
    if value["object"] != "list":
        return [f"{path}: not a list object"]
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


def _object_problems(cls: type[StripeObject], value: Any, path: str) -> list[str]:
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


@lru_cache(None)
def fields(cls: type[StripeObject]) -> dict[str, Any]:
    """The fields that a resource class declares, with resolved annotations."""
    declared = cls.__dict__.get("__annotations__", {})
    return {
        name: _resolved(annotation, cls.__module__)
        for name, annotation in declared.items()
        if not name.startswith("_") and get_origin(annotation) is not ClassVar
    }


def _resolved(annotation: Any, module: str) -> Any:
    if isinstance(annotation, str):
        annotation = ForwardRef(annotation)
    if isinstance(annotation, ForwardRef):
        return _resolved(
            eval(annotation.__forward_arg__, _names(module)),
            module,
        )
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Union:
        return Union[tuple(_resolved(item, module) for item in inner)]
    if origin is list:
        return list[_resolved(inner[0], module)]
    if origin is dict:
        return dict[inner[0], _resolved(inner[1], module)]
    if origin is ListObject:
        return ListObject[_resolved(inner[0], module)]
    return annotation


@lru_cache(None)
def _names(module: str) -> Json:
    """What a module of the SDK imports, for type checkers only included."""
    loaded = importlib.import_module(module)
    names: Json = {**vars(typing), **vars(loaded)}
    for node in ast.parse(inspect.getsource(loaded)).body:
        is_guard = isinstance(node, ast.If) and isinstance(node.test, ast.Name)
        if not (is_guard and node.test.id == "TYPE_CHECKING"):
            continue
        for line in node.body:
            if not isinstance(line, ast.ImportFrom) or not line.module:
                continue
            if line.module.startswith("stripe.params"):
                continue
            source = importlib.import_module(line.module)
            names.update(
                {
                    alias.asname or alias.name: getattr(source, alias.name)
                    for alias in line.names
                }
            )
    return names
