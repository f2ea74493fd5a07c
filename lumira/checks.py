"""What `manage.py check --deploy` says beside Django's own checks.

What is plainly wrong does not get this far: it stops the start (lumira/settings).
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

NAMED_BY_LAW = (
    "LEGAL_NAME",
    "LEGAL_FORM",
    "LEGAL_ADDRESS",
    "LEGAL_SIRET",
    "LEGAL_VAT",
    "LEGAL_PHONE",
    "LEGAL_PUBLISHER",
    "LEGAL_HOST",
    "LEGAL_MEDIATOR",
)


@register(Tags.security, deploy=True)
def a_proxy_is_believed(**_rest: Any) -> list[CheckMessage]:
    """Behind a proxy that is not counted everybody comes from one address."""
    if settings.TRUSTED_PROXY_COUNT:
        return []
    return [
        Warning(
            "TRUSTED_PROXY_COUNT is 0: the proxy that brings TLS is not believed.",
            hint=(
                "Every visitor seems to come from the proxy's address and shares its "
                "limits, and http is not redirected to https. Count your proxies, "
                "which must set X-Forwarded-For and X-Forwarded-Proto themselves."
            ),
            id="lumira.W001",
        )
    ]


@register(Tags.security, deploy=True)
def the_operator_is_named(**_rest: Any) -> list[CheckMessage]:
    """The legal pages leave out what they do not know; the law does not."""
    missing = [name for name in NAMED_BY_LAW if not getattr(settings, name)]
    if settings.LEGAL_IS_WITHOUT_VAT:
        missing = [name for name in missing if name != "LEGAL_VAT"]
    if not missing:
        return []
    return [
        Warning(
            f"The legal pages do not say who runs the shop: {', '.join(missing)}.",
            hint=(
                "Set them (.env.example explains each), and have a lawyer read "
                "templates/legal: the texts are a careful draft."
            ),
            id="lumira.W002",
        )
    ]
