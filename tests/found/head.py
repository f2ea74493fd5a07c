"""What a page says of itself to machines: the head of its HTML, taken apart."""

import json
from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Head(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.graph: list[dict[str, Any]] = []
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._in = said.get("type", "") if tag == "script" else tag
        if tag == "html":
            self.language = said["lang"]
        elif tag == "meta" and "content" in said:
            name = said.get("property") or said.get("name", "")
            assert name not in self.meta or "media" in said, f"{name} twice"
            self.meta[name] = said["content"]
        elif tag == "link":
            self.links.append(said)

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self.title += data
        elif self._in == "application/ld+json":
            self.graph += json.loads(data)["@graph"]

    @property
    def canonical(self) -> list[str]:
        return [link["href"] for link in self.links if link["rel"] == "canonical"]

    @property
    def alternates(self) -> dict[str, str]:
        return {
            link["hreflang"]: link["href"]
            for link in self.links
            if link["rel"] == "alternate"
        }

    def things(self, kind: str) -> list[dict[str, Any]]:
        return [thing for thing in self.graph if thing["@type"] == kind]


def head_of(address: str, language: str = "fr") -> Head:
    """The head of a page that is there, as a visitor without cookies gets it."""
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200, address
    return Head(answer.content.decode())
