"""Find French in what a person reads: the text, the labels and the data of a page."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

READ_BY_PEOPLE = ("alt", "aria-label", "content", "placeholder", "title")
ACCENTED = re.compile(r"[«»\u00a0\u202fàâæçèéêëîïôœùûÿ]", re.IGNORECASE)
# Words no English sentence of this shop needs.
FRENCH = re.compile(
    r"\b(au|aux|avec|ce|cette|choisir|commandes?|commander|continuer|dans|des|du|elle"
    r"|est|et|il|la|le|les|nom|nos|notre|nous|obligatoire|ou|paiement|par|pas|plus"
    r"|qu|que|qui|rien|suivre|sur|une|votre|vos|vous)\b",
    re.IGNORECASE,
)


def french_in(text: str) -> set[str]:
    """The words and letters that give French away."""
    return {match[0] for match in (*FRENCH.finditer(text), *ACCENTED.finditer(text))}


def readable(html: str) -> str:
    """All that a person can come to read in a page, with or without its script."""
    page = _Page()
    page.feed(html)
    return "\n".join(page.texts)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs)))
        for name, value in attrs:
            is_text = name in READ_BY_PEOPLE or name.startswith("data-")
            if is_text and value and not _is_address(value):
                self.texts.append(value)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, attributes = self._open[-1] if self._open else ("", {})
        if attributes.get("type") == "application/json":
            self.texts += _strings(json.loads(data))
        # A language is offered in its own words.
        elif tag not in ("script", "style") and attributes.get("lang") != "fr":
            self.texts.append(data)


def _strings(value: Any) -> Iterator[str]:
    values = value.values() if isinstance(value, dict) else [value]
    for one in values:
        if isinstance(one, dict):
            yield from _strings(one)
        elif isinstance(one, str) and not _is_address(one):
            yield one


def _is_address(value: str) -> bool:
    return re.match(r"/|https?:", value) is not None
