"""Which of the SDK's parameter types belongs to which call, read from its services."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import stripe

_SDK = Path(stripe.__file__).parent
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_PARAMS = re.compile(r"\bparams: .*?'?(\w+Params)'?")
_REQUEST = re.compile(r"_request(?:_async)?\('(\w+)', f?(['\"])(/v1/.*?)\2")

Calls = dict[tuple[str, str], tuple[str, str]]


def params_class_of(method: str, path: str) -> Any:
    """The TypedDict of the call, or None when the SDK has no such call."""
    for (known_method, pattern), (module, name) in sdk_calls().items():
        if known_method == method and re.fullmatch(pattern, path):
            return getattr(importlib.import_module(module), name)
    return None


@cache
def sdk_calls() -> Calls:
    """(method, pattern of the path) to the module and name of its parameters."""
    found: Calls = {}
    for path in sorted(_SDK.rglob("*_service.py")):
        if "v2" not in path.parts:
            _note_calls(ast.parse(path.read_text()), found)
    # Fixed words before placeholders: /customers/search is not /customers/{id}.
    return dict(sorted(found.items(), key=lambda item: item[0][1].count("[")))


def _note_calls(service: ast.Module, found: Calls) -> None:
    modules = {
        alias.name: str(line.module)
        for line in ast.walk(service)
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }
    for function in ast.walk(service):
        if not isinstance(function, ast.FunctionDef):
            continue
        source = ast.unparse(function)
        params, call = _PARAMS.search(source), _REQUEST.search(source)
        if params and call:
            fixed = [re.escape(part) for part in _PLACEHOLDER.split(call[3])]
            found[(call[1].upper(), "[^/]+".join(fixed))] = (
                modules[params[1]],
                params[1],
            )
