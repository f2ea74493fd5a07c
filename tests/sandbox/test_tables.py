"""The sandbox's parameter tables hold nothing that Stripe's SDK does not know."""

import re
from collections.abc import Mapping
from typing import Any, NotRequired, Required, Union, get_args, get_origin

import pytest
from typing_extensions import is_typeddict

from payments.sandbox.api.endpoint import Endpoint
from payments.sandbox.api.params import Either, Hash, ListOf
from payments.sandbox.resources import ROUTES
from tests.oracles.check_request import closed_copy
from tests.oracles.sdk_calls import params_class_of


@pytest.mark.parametrize("endpoint", ROUTES.endpoints, ids=lambda item: item.route)
def test_every_endpoint_and_its_parameters_are_in_the_sdk(endpoint: Endpoint) -> None:
    path = re.sub(r"\{\w+\}", "x", endpoint.template)
    params_class = params_class_of(endpoint.method, path)

    assert params_class is not None
    assert _strangers(endpoint.table, closed_copy(params_class, is_root=True), "") == []


def _strangers(table: Hash, typed: Any, path: str) -> list[str]:
    known: Mapping[str, Any] = typed.__annotations__
    found = [f"{path}{name}" for name in table.fields if name not in known]
    for name, kind in table.fields.items():
        if isinstance(kind, Either):
            kind = kind.hash
        if isinstance(kind, ListOf):
            kind = kind.item
        inner = _typed_dict_in(known.get(name))
        if isinstance(kind, Hash) and inner is not None:
            found += _strangers(kind, inner, f"{path}{name}.")
    return found


def _typed_dict_in(annotation: Any) -> Any:
    """The TypedDict inside of Required, unions and lists, if there is one."""
    if is_typeddict(annotation):
        return annotation
    if get_origin(annotation) in (NotRequired, Required, Union, list):
        found = [_typed_dict_in(item) for item in get_args(annotation)]
        return next((item for item in found if item is not None), None)
    return None
