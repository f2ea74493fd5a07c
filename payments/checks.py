"""What `manage.py check --deploy` says about Stripe without asking it.

Mixed, missing and sandbox keys do not get this far: they stop the start
(lumira/settings/payments.py). What only Stripe knows, the endpoint's API version for
one, is for `manage.py doctor`.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from payments.gateway import gateway, is_live

STRIPES_OWN = {"STRIPE_API_BASE": "api.stripe.com", "STRIPE_JS_URL": "js.stripe.com"}


@register(Tags.security, deploy=True)
def stripe_is_stripe(**_rest: Any) -> list[CheckMessage]:
    """Keys and cards go to Stripe and to nobody else."""
    return [
        Error(
            f"{name} does not lead to https://{host}.",
            hint="Take it out of the environment: the default is Stripe's own address.",
            id="payments.E001",
        )
        for name, host in STRIPES_OWN.items()
        if not _is_at(getattr(settings, name), host)
    ]


@register(Tags.security, deploy=True)
def one_version_of_stripe(**_rest: Any) -> list[CheckMessage]:
    """Stripe.js and the SDK speak the same release of the API."""
    release = gateway().inspection.api_version.partition(".")[2]
    parts = urlsplit(settings.STRIPE_JS_URL)
    if parts.hostname != STRIPES_OWN["STRIPE_JS_URL"] or release in parts.path:
        return []
    return [
        Error(
            f"STRIPE_JS_URL is not of the release {release}, which the server speaks.",
            hint=f"https://js.stripe.com/{release}/stripe.js",
            id="payments.E002",
        )
    ]


@register(Tags.security, deploy=True)
def cards_are_charged(**_rest: Any) -> list[CheckMessage]:
    if is_live():
        return []
    return [
        Warning(
            "STRIPE_SECRET_KEY is a test key: nobody is charged.",
            hint="Right for a rehearsal. Live keys begin with rk_live_ or sk_live_.",
            id="payments.W001",
        )
    ]


def _is_at(address: str, host: str) -> bool:
    """An empty address is Stripe's own."""
    parts = urlsplit(address or f"https://{host}")
    return (parts.scheme, parts.hostname) == ("https", host)
