"""What machines ask a site for: robots.txt, security.txt."""

from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

# Nothing for a search engine: one person's pages, the payment, the staff, the API.
PRIVATE = (
    "/abonnements/",
    "/admin/",
    "/api/",
    "/commandes/",
    "/confirmation",
    "/paiement/",
)
# Read again each time it is asked for, so it is never older than that.
GOOD_FOR = timedelta(days=180)


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
