"""The door by which mail leaves: what stands around what is said."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils.timezone import now
from pytest_django import Settings

from lumira.outbox.announcing import announce
from lumira.outbox.mail import mail_of, send_mail_of
from lumira.outbox.models import Message
from lumira.outbox.sending import send
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db(transaction=True)
Mails = list[EmailMultiAlternatives]


def tell_of_an_order() -> Message:
    order = make_order(language="en")
    announce("order_paid", key="once", order_id=str(order.pk))
    return Message.objects.get()


def alert(**facts: object) -> dict[str, object]:
    return {"kind": "test", "title": "Titre", "meaning": "Rien.", **facts}


def test_a_mail_is_text_and_html_of_the_same_language(mailoutbox: Mails) -> None:
    tell_of_an_order()

    [mail] = mailoutbox
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    assert '<html lang="en"' in str(html)
    assert "Hello Alice Martin" in str(html)
    assert "Hello Alice Martin" in str(mail.body)


def test_a_machine_is_told_that_a_machine_wrote(
    mailoutbox: Mails, settings: Settings
) -> None:
    tell_of_an_order()

    message = mailoutbox[0].message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Reply-To"] == settings.SUPPORT_EMAIL
    assert message["List-Unsubscribe"] is None


def test_a_mail_that_leaves_again_after_a_crash_is_the_same_one(
    mailoutbox: Mails, settings: Settings
) -> None:
    settings.SITE_URL = "https://lumira.example"
    message = tell_of_an_order()
    Message.objects.update(sent_at=None, due_at=now())

    send(message.pk)

    ids = [mail.message()["Message-ID"] for mail in mailoutbox]
    assert ids == [f"<order_paid.{message.pk}@lumira.example>"] * 2


def test_two_messages_are_two_mails(mailoutbox: Mails) -> None:
    order = make_order()
    for key in ("first", "second"):
        announce("orders_link", key=key, order_id=str(order.pk))

    assert len({mail.message()["Message-ID"] for mail in mailoutbox}) == 2


def test_what_is_no_purchase_can_be_refused_with_one_click(mailoutbox: Mails) -> None:
    url = "https://lumira.example/non"

    send_mail_of("alert", alert(), to="a@example.org", unsubscribe_url=url)

    message = mailoutbox[0].message()
    assert message["List-Unsubscribe"] == f"<{url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x0b"])
def test_no_fact_writes_a_header(mailoutbox: Mails, end: str) -> None:
    title = f"Titre{end}Bcc: eve@example.org"

    send_mail_of("alert", alert(title=title), to="a@example.org")

    [mail] = mailoutbox
    assert mail.subject.endswith("Titre Bcc: eve@example.org")
    assert mail.message()["Bcc"] is None
    assert mail.recipients() == ["a@example.org"]


def test_a_subject_is_not_escaped_and_html_is() -> None:
    mail = mail_of("alert", alert(title="L’un & <l’autre>"), language="fr")

    assert mail.subject.endswith("L’un & <l’autre>")
    assert "L’un &amp; &lt;l’autre&gt;" in mail.html
