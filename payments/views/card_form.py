"""What every page with the card form tells its template and its script."""

from typing import Any

from django.conf import settings
from django.utils import translation

from payments.failure_messages import all_messages
from payments.gateway import is_live


def card_form(**page: str) -> dict[str, Any]:
    """The context of checkout/card_page.html; `page` is the script's own addresses."""
    return {
        "stripe_js_url": settings.STRIPE_JS_URL,
        "is_test_mode": not is_live(),
        "config": {
            "publishableKey": settings.STRIPE_PUBLISHABLE_KEY,
            "locale": translation.get_language(),
            "messages": all_messages(),
            **page,
        },
    }
