"""Every page that anybody may find, in each language, for search engines."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from lumira.chosen_language import public_address
from orders.models import Expert
from orders.views.legal import IN_FORCE_SINCE

PAGES = ("orders:home", "orders:order")
LEGAL_PAGES = ("orders:terms-of-sale", "orders:privacy-policy", "orders:legal-notice")


class PublicPages(Sitemap[tuple[str, str]]):
    """Under the shop's own address, whatever name it was asked by.

    Only the texts of the law have a date: the catalogue does not know when it was
    changed, and a date that is made up is worse than none.
    """

    def items(self) -> list[tuple[str, str]]:
        """Each page's path, once for every language."""
        experts = Expert.objects.filter(is_active=True).values_list("slug", flat=True)
        paths = [reverse(page) for page in (*PAGES, *LEGAL_PAGES)]
        paths += [reverse("orders:expert", args=[slug]) for slug in experts]
        return [(path, code) for path in paths for code, _ in settings.LANGUAGES]

    def location(self, item: tuple[str, str]) -> str:
        return public_address(*item).removeprefix(settings.SITE_URL)

    def lastmod(self, item: tuple[str, str]) -> date | None:
        path, _language = item
        is_legal = path in {reverse(page) for page in LEGAL_PAGES}
        return IN_FORCE_SINCE if is_legal else None

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Each with its alternates, which Django knows for prefixed paths only."""
        entries: list[dict[str, Any]] = super().get_urls(*args, **kwargs)
        for entry in entries:
            path, _language = entry["item"]
            entry["alternates"] = [
                {"location": public_address(path, code), "lang_code": code}
                for code, _ in settings.LANGUAGES
            ] + [{"location": f"{settings.SITE_URL}{path}", "lang_code": "x-default"}]
        return entries


SITEMAPS = {"shop": PublicPages}
