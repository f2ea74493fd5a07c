"""The look and the menu of the admin (django-unfold)."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy

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


def _is_on_orders(request: HttpRequest) -> bool:
    """On the orders' pages, but not on the queues, whose addresses begin alike."""
    orders = reverse("admin:orders_order_changelist")
    queues = reverse("admin:orders_order_work")
    return request.path.startswith(orders) and not request.path.startswith(queues)


def _queue(title: str, icon: str, queue: str, variant: str) -> dict[str, Any]:
    """A queue of orders, with how many wait in it for the person who looks."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy("admin:orders_order_queue", args=[queue]),
        "permission": lambda request: request.user.has_perm("orders.view_order"),
        "badge": f"orders.admin.work_counts.{queue}",
        "badge_variant": variant,
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
    "DASHBOARD_CALLBACK": "payments.admin.dashboard.dashboard",
    "STYLES": [lambda request: static("admin/phone.css")],
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
    "ACCOUNT": {
        "navigation": [
            {
                "title": "lumira.accounts.signing_in.second_factor_hint",
                "link": reverse_lazy("staff:second_factor"),
            },
            {
                "title": "Changer le mot de passe",
                "link": reverse_lazy("admin:password_change"),
            },
        ],
    },
    "SIDEBAR": {
        "show_search": False,
        "navigation": [
            {
                "title": "Travail",
                "items": [
                    {
                        "title": "Tableau de bord",
                        "icon": "dashboard",
                        "link": reverse_lazy("admin:index"),
                    },
                    _queue("À attribuer", "person_add", "to_assign", "warning"),
                    _queue("En préparation", "edit_note", "in_progress", "info"),
                    _queue("À valider", "rule", "to_validate", "primary"),
                    _queue("À remettre", "outgoing_mail", "to_deliver", "warning"),
                    _queue("En retard", "schedule", "late", "danger"),
                ],
            },
            {
                "title": "Boutique",
                "items": [
                    _link("Commandes", "receipt_long", "orders_order")
                    | {"active": _is_on_orders},
                    _link("Paiements", "credit_card", "payments_payment"),
                    _link("Abonnements", "autorenew", "payments_subscription"),
                    _link("Factures", "receipt", "payments_invoice"),
                    _link("Remboursements", "undo", "payments_refund"),
                    _link("Litiges", "gavel", "payments_dispute"),
                    _link("Alertes de fraude", "gpp_maybe", "payments_fraudwarning"),
                    _link("Rapprochement", "balance", "payments_reconcilerun"),
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
                    _link("Journal", "history", "audit_auditentry"),
                ],
            },
        ],
    },
}
