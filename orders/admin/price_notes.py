"""What other floors say beside the price of a service. Orders do not know what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from orders.models import Service


@dataclass(frozen=True, slots=True)
class PriceNote:
    """One sentence; `url` leads to the rows it speaks of."""

    text: str
    url: str = ""


NoteSource = Callable[[Service, HttpRequest], Iterable[PriceNote]]
S = TypeVar("S", bound=NoteSource)

_sources: list[NoteSource] = []


def add_price_note(source: S) -> S:
    """Say this on every service's page, and when its price was changed.

    The source keeps to itself what the person may not see. A repeat changes nothing.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def notes_text(service: Service, request: HttpRequest) -> SafeString:
    """All of them, one after the other; empty when there is nothing to say."""
    notes = [note for source in _sources for note in source(service, request)]
    return format_html_join(" ", "{}", ((_linked(note),) for note in notes))


def _linked(note: PriceNote) -> SafeString | str:
    if not note.url:
        return note.text
    return format_html('<a href="{}" class="text-link">{}</a>.', note.url, note.text)
