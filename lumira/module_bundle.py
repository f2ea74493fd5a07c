"""A page's script and the modules it imports, as one file for production.

The sources stay plain modules without a build. This is no general bundler: it knows
the few shapes that our modules have, and refuses everything else in one sentence.
Each module keeps a scope of its own and runs once, before those that import it.
"""

import re
from pathlib import Path

_IMPORT = re.compile(
    r"""^import\ (?:(?P<names>\{[\w\s,$]*\})\ from\ )?"(?P<path>\.{1,2}/[^"\n]+)";\n""",
    re.M | re.X,
)
_EXPORT = re.compile(
    r"""^export\ (?=(?:async\ function|function|class|const)\ (?P<name>[\w$]+))""",
    re.M | re.X,
)
# Comments that have their lines for themselves: what stands inside a line may also be
# a string.
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/)[\s\S])*\*/)[ \t]*\n", re.M)
_BLANK = re.compile(r"^[ \t]*\n", re.M)
_NOT_UNDERSTOOD = re.compile(
    r"^\s*(?:import|export)\b"
    r"|\bimport\s*\(|\bimport\.meta\b",
    re.M,
)
# A statement of the module itself, up to an `await` that stands in no function: its
# lines are indented or begin with what closes it.
_AWAITS = re.compile(
    r"^(?![\s})\]])(?:(?!\basync\b|\bawait\b|\n(?![\s})\]])).|\n)*?\bawait\b", re.M
)


class NotBundled(ValueError):
    """A source is written in a way that a bundle cannot keep."""


def bundle_modules(entry: Path) -> str:
    """One module script that does what `entry` does. Raises NotBundled."""
    modules = _Modules()
    modules.add(entry.resolve())
    return "".join(modules.scopes)


class _Modules:
    def __init__(self) -> None:
        self.scopes: list[str] = []
        self._exports: dict[Path, set[str]] = {}  # in the order in which they run
        self._under_way: list[Path] = []

    def add(self, path: Path) -> None:
        """The module, behind what it imports; once."""
        if path in self._exports:
            return
        if path in self._under_way:
            raise NotBundled(f"{path.name} imports itself, by a detour.")
        if not path.is_file():
            raise NotBundled(f"There is no {path.name} to import.")
        self._under_way.append(path)
        code = _COMMENT.sub("", path.read_text().rstrip() + "\n")
        code = _IMPORT.sub(lambda found: self._imported(path, found), code)
        names = {found["name"] for found in _EXPORT.finditer(code)}
        code = _BLANK.sub("", _EXPORT.sub("", code))
        _refuse_the_unknown(path, code)
        self._under_way.pop()
        self.scopes.append(_scope(len(self._exports), code, sorted(names)))
        self._exports[path] = names

    def _imported(self, path: Path, found: re.Match[str]) -> str:
        """What stands in the bundle for an import statement of this module."""
        source = (path.parent / found["path"]).resolve()
        self.add(source)
        if not found["names"]:
            return ""
        names = {name.strip() for name in found["names"].strip("{}").split(",")} - {""}
        if missing := names - self._exports[source]:
            raise NotBundled(
                f"{path.name} imports {', '.join(sorted(missing))}, which "
                f"{source.name} does not export under this name."
            )
        place = list(self._exports).index(source)
        return f"const {{ {', '.join(sorted(names))} }} = $module{place};\n"


def _refuse_the_unknown(path: Path, code: str) -> None:
    if unknown := _NOT_UNDERSTOOD.search(code) or _AWAITS.search(code):
        raise NotBundled(
            f'{path.name}: only `import {{ a, b }} from "./x.js";` and `export` '
            f"before function, class or const: {unknown[0].strip()!r}."
        )
    if any(line.count("`") % 2 for line in code.splitlines()):
        # A line of it may look like a comment, or like an import.
        raise NotBundled(f"{path.name}: a text in backticks over several lines.")


def _scope(place: int, code: str, exported: list[str]) -> str:
    if not exported:
        return f"(() => {{\n{code}}})();\n"
    names = ", ".join(exported)
    return f"const $module{place} = (() => {{\n{code}return {{ {names} }};\n}})();\n"
