"""Read a .po file: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html.

Only what `make messages` writes: no obsolete entries.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the source and its translations: two when it has a plural."""

    sources: tuple[str, ...]
    translations: tuple[str, ...]
    is_fuzzy: bool = False
    context: str = ""


def entries_of(po_file: Path) -> list[Entry]:
    """In the order of the file, without its header."""
    blocks = po_file.read_text(encoding="utf-8").strip().split("\n\n")
    return [_entry(block.splitlines()) for block in blocks[1:]]


def _entry(lines: list[str]) -> Entry:
    texts = dict(_texts(lines))
    return Entry(
        context=texts.get("msgctxt", ""),
        sources=tuple(text for name, text in texts.items() if "msgid" in name),
        translations=tuple(text for name, text in texts.items() if "msgstr" in name),
        is_fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in lines),
    )


def _texts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """("msgid", text), ("msgstr[0]", text)…; a text may go on over several lines."""
    name, text = "", ""
    for line in lines:
        if line.startswith("#"):
            continue
        if not line.startswith('"'):
            if name:
                yield name, text
            name, _space, line = line.partition(" ")
            text = ""
        # C's escapes are Python's, for what gettext writes.
        text += ast.literal_eval(line)
    yield name, text
