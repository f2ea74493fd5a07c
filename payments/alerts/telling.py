"""Alerts as people get them: in French, with what to do, and where."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from lumira.kit.money import money
from lumira.outbox.topics import Payload, delivers
from payments.alerts.posting import post_json
from payments.alerts.words import Phase, Words, label_of, words_for

# Said otherwise than as a line of their own.
NOT_LINES = {"kind", "about", "phase", "order_id", "amount", "currency"}


@delivers("alert")
def mail_alert(payload: Payload) -> None:
    send_mail(
        subject_of(payload),
        text_of(payload),
        settings.DEFAULT_FROM_EMAIL,
        [settings.SUPPORT_EMAIL],
    )


@delivers("alert_post")
def post_alert(payload: Payload) -> None:
    """The JSON that Slack and its kin accept. Raises if it is not accepted at once."""
    text = f"{subject_of(payload)}\n{text_of(payload)}"
    post_json(settings.ALERT_WEBHOOK_URL, {"text": text})


def subject_of(payload: Payload) -> str:
    """The kind first, as it is: people sort their mail by it."""
    kind, phase = payload["kind"], payload.get("phase", "")
    title = words_for(kind).title
    if phase == Phase.ENDED:
        title = f"retour à la normale ({title[0].lower()}{title[1:]})"
    elif phase == Phase.LASTS:
        title = f"cela dure ({title[0].lower()}{title[1:]})"
    return f"[Lumira] {kind}\u00a0: {title}"


def text_of(payload: Payload) -> str:
    words = words_for(payload["kind"])
    has_ended = payload.get("phase") == Phase.ENDED
    lines = ["C’est terminé, il n’y a rien à faire."] if has_ended else []
    lines.append(words.meaning)
    if not has_ended:
        lines.append(f"Que faire\u00a0: {words.to_do}")
    lines += ["", *_facts(payload)]
    if page := _page(payload, words):
        lines += ["", page]
    return "\n".join(lines)


def _facts(payload: Payload) -> list[str]:
    lines = [f"À propos de\u00a0: {payload['about']}"] if payload["about"] else []
    if payload.get("amount") is not None and payload.get("currency"):
        sum_ = money(payload["amount"], payload["currency"])
        lines.append(f"Montant\u00a0: {sum_}")
    return lines + [
        f"{label_of(name)}\u00a0: {value}"
        for name, value in payload.items()
        if name not in NOT_LINES and value not in (None, "")
    ]


def _page(payload: Payload, words: Words) -> str:
    """The order's, else where things of this kind are looked at."""
    if order_id := payload.get("order_id"):
        path = reverse("admin:orders_order_change", args=[order_id])
        return f"{settings.SITE_URL}{path}"
    return f"{settings.SITE_URL}{words.path}" if words.path else ""
