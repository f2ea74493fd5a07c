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
    others = (queues, reverse("admin:orders_order_find_customer"))
    return request.path.startswith(orders) and not request.path.startswith(others)


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
    "STYLES": [
        lambda request: static("admin/colors.css"),
        lambda request: static("admin/phone.css"),
        lambda request: static("admin/skip_link.css"),
    ],
    "SCRIPTS": [lambda request: static("admin/htmx_config.js")],
    # None from here: unfold would write them into a <style>. They are in colors.css.
    "COLORS": lambda request: {},
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
                    # One queue under two names: an expert takes, others assign.
                    _queue("À attribuer", "person_add", "to_assign", "warning")
                    | {"permission": "orders.admin.queue_names.is_to_assign"},
                    _queue("À prendre", "front_hand", "to_assign", "warning")
                    | {"permission": "orders.admin.queue_names.is_to_take"},
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
                    _link("Alarmes", "notifications_active", "payments_alarm"),
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
            {
                "title": "Vie privée",
                "items": [
                    {
                        "title": "Données d’un client",
                        "icon": "folder_shared",
                        "link": reverse_lazy("admin:orders_order_find_customer"),
                        "permission": lambda request: request.user.has_perm(
                            "orders.export_customer"
                        ),
                    },
                    _link("Effacements", "person_off", "orders_erasure"),
                ],
            },
        ],
    },
}
