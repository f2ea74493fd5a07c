"""Joins ES modules into one classic script.

`window.Stripe` must exist as soon as /stripe.js has run, which a module cannot promise;
and a frame is there sooner with one script than with thirty.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_IMPORT = re.compile(
    r'^import \{(?P<names>[^}]*)\} from "(?P<path>\.[^"]+)";$', re.MULTILINE
)
_EXPORT = re.compile(
    r"^export (?P<rest>(?:async function|function|class|const) (?P<name>\w+))",
    re.MULTILINE,
)
# What the two patterns above do not cover must not slip through unseen.
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


class BundleError(Exception):
    """A module uses a form of import or export that the bundler does not know."""


@dataclass(frozen=True)
class _Module:
    path: str
    body: str
    exported: list[str]


def bundle(root: Path, entry: str) -> str:
    """Return `entry` (a path under `root`) and all it imports as one script.

    Knows the two forms that the assets use: `import { a, b } from "./x.js";` and
    `export` before a declaration. Raises BundleError for any other, and for a cycle.
    """
    modules: dict[str, str] = {}
    _collect(root, entry, modules, ())
    names = {path: f"module{number}" for number, path in enumerate(modules)}
    *needed, last = [
        _translate(path, source, names) for path, source in modules.items()
    ]
    return "\n".join(
        [
            # Async, so that the entry may await; it runs at once all the same.
            "(async () => {",
            '"use strict";',
            *(_wrap(names[module.path], module) for module in needed),
            last.body,
            "})();\n",
        ]
    )


def _collect(
    root: Path, path: str, modules: dict[str, str], trail: tuple[str, ...]
) -> None:
    """Add `path` to `modules` after everything that it imports."""
    if path in modules:
        return
    if path in trail:
        raise BundleError(f"{path} imports itself through {' → '.join(trail)}")
    source = (root / path).read_text(encoding="utf-8")
    for match in _IMPORT.finditer(source):
        _collect(root, _resolve(path, match["path"]), modules, (*trail, path))
    modules[path] = source


def _resolve(importer: str, target: str) -> str:
    """Return the path of `target` from the root, as `importer` names it."""
    parts: list[str] = []
    for part in (PurePosixPath(importer).parent / target).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _translate(path: str, source: str, names: Mapping[str, str]) -> _Module:
    """Turn the module's imports and exports into what a classic script understands."""
    exported = [match["name"] for match in _EXPORT.finditer(source)]

    def take(match: re.Match[str]) -> str:
        return f"const {{{match['names']}}} = {names[_resolve(path, match['path'])]};"

    body = _EXPORT.sub(r"\g<rest>", _IMPORT.sub(take, source))
    if left := _LEFT_OVER.search(body):
        raise BundleError(f"{path}: {left[0]}")
    return _Module(path, f"// {path}\n{body}", exported)


def _wrap(name: str, module: _Module) -> str:
    """Return the module as a function called at once, with its own scope."""
    exported = ", ".join(module.exported)
    return f"const {name} = (() => {{\n{module.body}return {{ {exported} }};\n}})();"
