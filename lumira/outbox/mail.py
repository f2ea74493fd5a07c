"""The one door by which messages leave as mail: a subject, a text, the same as HTML.

templates/emails/<name>/ has subject.txt, body.txt and body.html; docs/operations.md
tells how to add one. Called by the functions that deliver messages of the outbox.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from lumira.outbox.mail_styles import inlined, styles

# Whatever some program takes for the end of a line, and so of a header.
LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_message: ContextVar[UUID | None] = ContextVar("message_of_the_outbox", default=None)


@dataclass(frozen=True, slots=True)
class Mail:
    """What is said, in one language. Both bodies say the same."""

    subject: str
    text: str
    html: str


@contextmanager
def mail_for_message(message_id: UUID) -> Iterator[None]:
    """Mail sent inside is this message's: sent again after a crash, it has the same
    Message-ID, and a mailbox that has it shows it once."""
    before = _message.set(message_id)
    try:
        yield
    finally:
        _message.reset(before)


def mail_of(template: str, context: Mapping[str, Any], *, language: str) -> Mail:
    facts = {
        **context,
        "site_url": settings.SITE_URL,
        "support_email": settings.SUPPORT_EMAIL,
    }
    with translation.override(language):
        subject = LINE_ENDS.sub(" ", _plain(f"{template}/subject.txt", facts))
        text = _plain(f"{template}/body.txt", facts)
        page = {**facts, "subject": subject, "styles": styles()}
        html = render_to_string(f"emails/{template}/body.html", page)
    # What a condition leaves out leaves its empty lines.
    return Mail(subject, re.sub(r"\n{3,}", "\n\n", text) + "\n", inlined(html))


def send_mail_of(
    template: str,
    context: Mapping[str, Any],
    *,
    to: str,
    language: str = "fr",
    reply_to: str = "",
    unsubscribe_url: str = "",
) -> None:
    """Render and send one mail. Raises what the mail server answers.

    `unsubscribe_url` only for what is not about a purchase: it takes a POST without a
    question, as mail programs send it (RFC 8058).
    """
    mail = mail_of(template, context, language=language)
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=_headers(template, language, unsubscribe_url),
    )
    message.attach_alternative(mail.html, "text/html")
    message.send()


def _plain(name: str, facts: Mapping[str, Any]) -> str:
    """Nothing is escaped: it is not HTML."""
    template = Engine.get_default().get_template(f"emails/{name}")
    return template.render(Context(dict(facts), autoescape=False)).strip()


def _headers(template: str, language: str, unsubscribe_url: str) -> dict[str, str]:
    headers = {
        # No out-of-office answers to it, please (RFC 3834; the second is Exchange's).
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": language,
    }
    if message_id := _message.get():
        host = urlsplit(settings.SITE_URL).hostname
        headers["Message-ID"] = f"<{template}.{message_id}@{host}>"
    if unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
