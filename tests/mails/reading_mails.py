"""What a person reads in a mail's HTML, and where its links lead."""

import re
from html.parser import HTMLParser

# Shown by no mail program.
UNSEEN = {"head", "style", "title"}
VOID = {"br", "meta"}
FILLER = re.compile("[\u034f\u200c]")


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.addresses: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        return FILLER.sub("", " ".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        hidden = tag in UNSEEN or known.get("class") == "preheader"
        if tag not in VOID:
            self._open.append((tag, hidden))
        if tag == "a":
            self.links.append(str(known["href"]))
        self.addresses += [
            str(known[name]) for name in ("src", "href") if name in known
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self._words.append(data)


URL = re.compile(r"https?://\S+")


def links_in(text: str) -> set[str]:
    return set(URL.findall(text))


def facts_in(text: str) -> set[str]:
    """Whatever has a figure: sums, dates, numbers. Without the addresses."""
    words = re.split(r"[\s\u00a0\u202f()]+", URL.sub(" ", text))
    return {word.strip(".,:;?!…") for word in words if re.search(r"\d", word)}
