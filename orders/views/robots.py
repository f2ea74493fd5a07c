"""What machines ask a site for: robots.txt, sitemap.xml, security.txt."""

from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

# Nothing for a search engine: one person's pages, the payment, the staff, the API.
# The form, too: its addresses carry choices, and the home page leads to it.
PRIVATE = (
    "/abonnements/",
    "/admin/",
    "/api/",
    "/commande/",
    "/commandes/",
    "/confirmation",
    "/i18n/",
    "/paiement/",
)
# Read again each time it is asked for, so it is never older than that.
GOOD_FOR = timedelta(days=180)


class ShopPages(Sitemap[str]):
    """Under the shop's own address, whatever name it was asked by."""

    def items(self) -> list[str]:
        return [
            "orders:home",
            "orders:terms-of-sale",
            "orders:privacy-policy",
            "orders:legal-notice",
        ]

    def location(self, item: str) -> str:
        return reverse(item)

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


SITEMAPS = {"shop": ShopPages}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return _lines(
        "User-agent: *",
        *(f"Disallow: {start}" for start in PRIVATE),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    )


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a hole (RFC 9116)."""
    until = datetime.combine(now().date() + GOOD_FOR, time(tzinfo=UTC))
    return _lines(
        f"Contact: mailto:{parseaddr(settings.SUPPORT_EMAIL)[1]}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    )


def _lines(*lines: str) -> HttpResponse:
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"
    )
