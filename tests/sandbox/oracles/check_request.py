"""Check request parameters against the TypedDicts that the SDK ships.

Each TypedDict is rebuilt so that unknown keys are refused at every depth, the open
enums `Literal[…] | str` are closed, and the request options mixed into the root
(api_key, idempotency_key, …) are not taken for parameters.
"""

import sys
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter
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
_CLOSED = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def check_request(
    params_class: Any, params: Mapping[str, Any], *, strict: bool = True
) -> None:
    """Raise pydantic's ValidationError for what the SDK's types do not allow.

    `strict=False` takes "7900" for a number, as a form's text is.
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
        if get_origin(hint) not in (NotRequired, Required):
            is_required = key in params_class.__required_keys__
            hint = (Required if is_required else NotRequired)[hint]
        fields[key] = _closed(hint)
    made = TypedDict(f"Closed{params_class.__name__}", fields)  # type: ignore[operator]
    made.__pydantic_config__ = _CLOSED
    return made


def _closed(annotation: Any) -> Any:
    if is_typeddict(annotation):
        return closed_copy(annotation)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (NotRequired, Required):
        return origin[_closed(inner[0])]
    if origin is Union or type(annotation).__name__ == "UnionType":
        kept = [
            item
            for item in inner
            if UntypedStripeObject not in (get_origin(item), item)
        ]
        # A bare `str` beside real words only keeps the enum open. It stays where the
        # only word is "", the SDK's mark for "unset".
        if str in kept and any(
            get_origin(item) is Literal and set(get_args(item)) - {""} for item in kept
        ):
            kept.remove(str)
        return Union[tuple(_closed(item) for item in kept)]
    if origin is list:
        return list[_closed(inner[0])]
    if origin is dict:
        return dict[_closed(inner[0]), _closed(inner[1])]
    return annotation
