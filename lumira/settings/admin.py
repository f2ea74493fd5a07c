"""The look and the menu of the admin (django-unfold)."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy

__all__ = ["LOGIN_REDIRECT_URL", "LOGIN_URL", "UNFOLD"]

LOGIN_URL = "admin:login"
# Where a login leads that did not begin on another page of the admin.
LOGIN_REDIRECT_URL = "admin:index"


def _link(title: str, icon: str, name: str) -> dict[str, Any]:
    app, model = name.split("_", 1)
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{name}_changelist"),
        "permission": lambda request: request.user.has_perm(f"{app}.view_{model}"),
    }


UNFOLD = {
    "SITE_TITLE": "Lumira",
    "SITE_HEADER": "Lumira Oracle",
    "SITE_SUBHEADER": "Les coulisses",
    "SITE_URL": "/",
    "SITE_SYMBOL": "wb_twilight",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("img/favicon.svg"),
        }
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "8px",
    "COLORS": {
        "primary": {
            "50": "oklch(97% 0.02 85)",
            "100": "oklch(94% 0.04 85)",
            "200": "oklch(89% 0.07 85)",
            "300": "oklch(83% 0.10 84)",
            "400": "oklch(76% 0.12 82)",
            "500": "oklch(68% 0.12 80)",
            "600": "oklch(56% 0.11 78)",
            "700": "oklch(47% 0.09 76)",
            "800": "oklch(39% 0.07 74)",
            "900": "oklch(33% 0.06 72)",
            "950": "oklch(24% 0.04 70)",
        }
    },
    "SIDEBAR": {
        "show_search": False,
        "navigation": [
            {
                "title": "Boutique",
                "items": [
                    _link("Commandes", "receipt_long", "orders_order"),
                    _link("Paiements", "credit_card", "payments_payment"),
                    _link("Remboursements", "undo", "payments_refund"),
                    _link("Litiges", "gavel", "payments_dispute"),
                    _link("Alertes de fraude", "gpp_maybe", "payments_fraudwarning"),
                ],
            },
            {
                "title": "Catalogue",
                "items": [
                    _link("Services", "auto_stories", "orders_service"),
                    _link("Experts", "groups", "orders_expert"),
                ],
            },
            {
                "title": "Technique",
                "items": [
                    _link("Événements Stripe", "webhook", "payments_processedevent"),
                    _link("Messages", "outgoing_mail", "outbox_message"),
                ],
            },
            {
                "title": "Équipe",
                "items": [
                    _link("Personnes", "person", "accounts_user"),
                    _link("Rôles", "badge", "auth_group"),
                ],
            },
        ],
    },
}
