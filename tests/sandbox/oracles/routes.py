"""Which of the SDK's parameter types belongs to which call, read from its services."""

import ast
import importlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import stripe
from pydantic import ValidationError

from tests.sandbox.oracles.check_request import check_request

_SDK = Path(stripe.__file__).parent
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def request_problems(entries: list[dict[str, Any]]) -> list[str]:
    """What the SDK's types have against calls in the sandbox's journal.

    Calls with a publishable key are the browser's, which have no types in this SDK.
    """
    found: list[str] = []
    for entry in entries:
        if "client_secret" in entry["params"] or "key" in entry["params"]:
            continue
        where = f"{entry['method']} {entry['path']}"
        params_class = params_class_of(entry["method"], entry["path"])
        if params_class is None:
            found.append(f"{where}: not in the SDK")
            continue
        try:
            check_request(params_class, entry["params"], strict=False)
        except ValidationError as problem:
            found.append(f"{where}: {problem}")
    return found


def params_class_of(method: str, path: str) -> Any:
    """The TypedDict of the call, or None when the SDK has no such call."""
    for (known_method, pattern), (module, name) in sdk_calls().items():
        if known_method == method and re.fullmatch(pattern, path):
            return getattr(importlib.import_module(module), name)
    return None


@lru_cache(None)
def sdk_calls() -> dict[tuple[str, str], tuple[str, str]]:
    """(method, pattern of the path) to the module and name of its parameters."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for path in sorted(_SDK.rglob("*_service.py")):
        if "v2" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        modules = {
            alias.name: str(line.module)
            for line in ast.walk(tree)
            if isinstance(line, ast.ImportFrom)
            for alias in line.names
        }
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                _note_call(function, modules, found)
    # Fixed words before placeholders: /customers/search is not /customers/{id}.
    return dict(sorted(found.items(), key=lambda item: "[" in item[0][1]))


def _note_call(
    function: ast.FunctionDef,
    modules: dict[str, str],
    found: dict[tuple[str, str], tuple[str, str]],
) -> None:
    source = ast.unparse(function)
    params = re.search(r"\bparams: .*?'?(\w+Params)'?", source)
    call = re.search(r"_request\('(\w+)', f?(['\"])(/v1/.*?)\2", source)
    if not call:
        call = re.search(r"_request\('(\w+)', (['\"])(/v1/.*?)\2\.format", source)
    if params and call:
        pattern = "[^/]+".join(re.escape(part) for part in _PLACEHOLDER.split(call[3]))
        found[(call[1].upper(), pattern)] = (modules[params[1]], params[1])
