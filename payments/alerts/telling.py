"""Alerts as people get them: in French, with what to do, and where."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from lumira.kit.money import money
from lumira.outbox.mail import mail_of, send_mail_of
from lumira.outbox.topics import Payload, delivers
from payments.alerts.posting import post_json
from payments.alerts.words import Phase, Words, label_of, words_for

# Said otherwise than as a line of their own.
NOT_LINES = {"kind", "about", "phase", "order_id", "amount", "currency"}


@delivers("alert")
def mail_alert(payload: Payload) -> None:
    send_mail_of("alert", facts_of(payload), to=settings.SUPPORT_EMAIL)


@delivers("alert_post")
def post_alert(payload: Payload) -> None:
    """The JSON that Slack and its kin accept. Raises if it is not accepted at once."""
    told = mail_of("alert", facts_of(payload), language="fr")
    text = f"{told.subject}\n{told.text.rstrip()}"
    post_json(settings.ALERT_WEBHOOK_URL, {"text": text})


def facts_of(payload: Payload) -> dict[str, Any]:
    """What templates/emails/alert says."""
    words = words_for(payload["kind"])
    return {
        "kind": payload["kind"],
        "title": _title(payload, words),
        "meaning": words.meaning,
        "to_do": words.to_do,
        "has_ended": payload.get("phase") == Phase.ENDED,
        "facts": _facts(payload),
        "page_url": _page(payload, words),
    }


def _title(payload: Payload, words: Words) -> str:
    phase, title = payload.get("phase", ""), words.title
    if phase == Phase.ENDED:
        return f"retour à la normale ({title[0].lower()}{title[1:]})"
    if phase == Phase.LASTS:
        return f"cela dure ({title[0].lower()}{title[1:]})"
    return title


def _facts(payload: Payload) -> list[tuple[str, Any]]:
    """Each with its name."""
    facts = [("À propos de", payload["about"])] if payload["about"] else []
    if payload.get("amount") is not None and payload.get("currency"):
        facts.append(("Montant", money(payload["amount"], payload["currency"])))
    return facts + [
        (label_of(name), value)
        for name, value in payload.items()
        if name not in NOT_LINES and value not in (None, "")
    ]


def _page(payload: Payload, words: Words) -> str:
    """The order's, else where things of this kind are looked at."""
    if order_id := payload.get("order_id"):
        path = reverse("admin:orders_order_change", args=[order_id])
        return f"{settings.SITE_URL}{path}"
    return f"{settings.SITE_URL}{words.path}" if words.path else ""
