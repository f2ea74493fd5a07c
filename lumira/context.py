from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page may say about the shop itself."""
    return {"site_url": settings.SITE_URL, "support_email": settings.SUPPORT_EMAIL}
