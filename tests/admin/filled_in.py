"""A form of the admin as the browser would send it, after a few changes by hand."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

NOT_SENT = {"file", "submit", "button", "image", "reset"}


def send(client: Client, url: str, **changes: Any) -> Any:
    """Open the page, change these fields, and save. The answer, which is a redirect."""
    answer = client.post(url, filled_in(client, url) | changes)
    assert answer.status_code == 302, (url, answer.status_code, _errors(answer))
    return answer


def filled_in(client: Client, url: str) -> dict[str, Any]:
    """What stands in the page's fields; a list where several things are chosen."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    fields = _Fields()
    fields.feed(page.content.decode().partition('id="content-main"')[2])
    return fields.values


class _Fields(HTMLParser):
    """Reads what a form holds: enough of HTML for the pages of the admin."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "textarea":
            self.textarea, self.values[name] = name, ""
        elif tag == "select":
            self.select = name
            self.values[name] = [] if "multiple" in given else ""
        elif tag == "option" and "selected" in given:
            chosen = self.values[self.select]
            is_list = isinstance(chosen, list)
            self.values[self.select] = [*chosen, value] if is_list else value
        elif tag == "input" and name:
            self._take_input(name, value or "", given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # Browsers drop the line break that follows the opening tag.
            text = self.values[self.textarea]
            self.values[self.textarea] = text.removeprefix("\n")
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea] += data

    def _take_input(self, name: str, value: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                self.values[name] = value or "on"
        elif kind not in NOT_SENT:
            self.values[name] = value


def _errors(answer: Any) -> Any:
    return answer.context and answer.context["adminform"].form.errors
