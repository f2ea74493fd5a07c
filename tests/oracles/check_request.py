"""Check request parameters against the TypedDicts that the SDK ships.

Each TypedDict is rebuilt so that unknown keys are refused at every depth, the open
enums `Literal[…] | str` are closed, and the request options mixed into the root
(api_key, idempotency_key, …) are not taken for parameters.
"""

import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
)

from pydantic import BeforeValidator, ConfigDict, TypeAdapter
from stripe._request_options import RequestOptions
from stripe._stripe_context import StripeContext
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import (
    TypedDict,
    get_type_hints,
    is_typeddict,
)

_OPTIONS = frozenset(RequestOptions.__annotations__)
# Names that the SDK imports for type checkers only.
_NAMES = {"StripeContext": StripeContext, "Mapping": Mapping}
_TYPED_DICT: Any = TypedDict
_UNION: Any = Union
_MARKS: tuple[Any, ...] = (NotRequired, Required)
_TEXTS = {int: r"-?\d+", bool: r"true|false"}
_CLOSED = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def check_request(
    params_class: Any, params: Mapping[str, Any], *, strict: bool = True
) -> None:
    """Raise pydantic's ValidationError for what the SDK's types do not allow.

    `strict=False` takes "7900" for a number and "true" for a boolean, as forms are.
    """
    request_schema(params_class).validate_python(dict(params), strict=strict)


@cache
def request_schema(params_class: Any) -> TypeAdapter[Any]:
    return TypeAdapter(closed_copy(params_class, is_root=True))


@cache
def closed_copy(params_class: Any, is_root: bool = False) -> Any:
    """The TypedDict again, closed at every depth."""
    names = {**vars(sys.modules[params_class.__module__]), **_NAMES}
    hints = get_type_hints(params_class, globalns=names, include_extras=True)
    fields: dict[str, Any] = {}
    for key, hint in hints.items():
        if is_root and key in _OPTIONS:
            continue
        if get_origin(hint) not in _MARKS:
            is_required = key in params_class.__required_keys__
            hint = (Required if is_required else NotRequired)[hint]
        fields[key] = _closed(hint)
    made = _TYPED_DICT(f"Closed{params_class.__name__}", fields)
    made.__pydantic_config__ = _CLOSED
    return made


def _closed(annotation: Any) -> Any:
    if is_typeddict(annotation):
        return closed_copy(annotation)
    if annotation in _TEXTS:
        return Annotated[annotation, BeforeValidator(_refuse_odd_text(annotation))]
    origin: Any = get_origin(annotation)
    inner = get_args(annotation)
    if origin in _MARKS:
        return origin[_closed(inner[0])]
    if origin in (Union, UnionType):
        return _UNION[tuple(_closed(item) for item in _closed_words(inner))]
    if origin is list:
        return origin[_closed(inner[0])]
    if origin is dict:
        return origin[_closed(inner[0]), _closed(inner[1])]
    return annotation


def _refuse_odd_text(kind: type) -> Callable[[Any], Any]:
    """Pydantic takes "79.00" for a whole number and "on" for true; Stripe does not."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(_TEXTS[kind], value):
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value

    return check


def _closed_words(choices: tuple[Any, ...]) -> list[Any]:
    """A union's choices without what only keeps it open for words to come.

    That is a bare `str` beside real words. It stays where the only word is "", the
    SDK's mark for "unset".
    """
    kept = [
        item for item in choices if UntypedStripeObject not in (get_origin(item), item)
    ]
    words = {word for item in kept for word in _words(item)}
    return [item for item in kept if item is not str or not words - {""}]


def _words(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()
