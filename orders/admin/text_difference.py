"""What changed between two revisions of a text, to be read by a person."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Above this many words on both sides, changed paragraphs are shown whole: comparing
# word by word takes time that grows with the product of their numbers.
MOST_WORDS = 3000
# So does it with how often the same words stand on both sides: three thousand of
# two kinds would take many minutes. Half a second, for this many pairs.
MOST_PAIRS = 300_000
# Paragraphs that stand unchanged around a change, so that its place is seen.
CONTEXT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """Some words. `kind` is "same", "removed" or "added"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or several that changed together; with no parts at all:
    unchanged ones were left out here."""

    parts: tuple[Part, ...]


def difference(before: str, after: str) -> list[Paragraph]:
    """Paragraph by paragraph, word by word where one was changed. [] for no change."""
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return []
    if _pairs(old, new) > MOST_PAIRS:
        # Nobody writes so: all of it is one paragraph that changed.
        return [Paragraph(tuple(_words("\n".join(old), "\n".join(new))))]
    changes = SequenceMatcher(None, old, new, autojunk=False)
    return [
        paragraph
        for group in changes.get_grouped_opcodes(CONTEXT)
        for paragraph in (Paragraph(()), *_group(group, old, new))
    ][1:]


def _group(
    group: list[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterator[Paragraph]:
    for tag, start, end, new_start, new_end in group:
        gone, come = old[start:end], new[new_start:new_end]
        if tag == "equal":
            yield from (Paragraph((Part("same", text),)) for text in gone)
        else:
            yield Paragraph(tuple(_words("\n".join(gone), "\n".join(come))))


def _words(before: str, after: str) -> Iterator[Part]:
    old, new = _tokens(before), _tokens(after)
    if max(len(old), len(new)) > MOST_WORDS or _pairs(old, new) > MOST_PAIRS:
        # Nothing in common, then: no words to compare.
        old, new = [before], [after]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[start:end]))
            continue
        if start < end:
            yield Part("removed", "".join(old[start:end]))
        if new_start < new_end:
            yield Part("added", "".join(new[new_start:new_end]))


def _pairs(old: list[str], new: list[str]) -> int:
    """How often something of the one side stands on the other, all told."""
    found = Counter(new)
    return sum(found[one] for one in old)


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _tokens(text: str) -> list[str]:
    """Words with the space behind them: joined again they are the text."""
    return re.findall(r"\S+\s*|\s+", text)
