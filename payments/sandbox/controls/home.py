"""The first page: where things are, until the panel has its own."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

_PAGES = (
    "requests",
    "events",
    "deliveries",
    "objects",
    "faults",
    "clock",
    "endpoints",
    "webhooks",
    "payment_methods",
)


def home(request: HttpRequest) -> HttpResponse:
    """A list of the JSON controls."""
    items = format_html_join(
        "", '<li><a href="/_/api/{0}">{0}</a></li>', ((name,) for name in _PAGES)
    )
    page = format_html(
        "<!doctype html><html lang=en><title>Stripe sandbox</title>"
        "<h1>Stripe sandbox</h1><ul>{}</ul></html>",
        items,
    )
    return HttpResponse(page)
