import pytest
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.timezone import now
from pytest_django import Settings

from lumira.outbox.models import Message
from orders.actions.settle import mark_paid
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_buyer_of_a_paid_order_gets_one_mail_with_number_sum_and_links(
    mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.SITE_URL = "https://lumira.example"
    order = make_order()

    mark_paid(order, at=now(), by="stripe")

    [mail] = mailoutbox
    body = str(mail.body)
    assert mail.to == ["alice@example.org"]
    assert mail.from_email == settings.DEFAULT_FROM_EMAIL
    assert order.number in mail.subject
    assert "79,00\u00a0€" in body
    assert f"https://lumira.example/confirmation?order_id={order.pk}" in body
    assert "https://lumira.example/commandes/?lien=" in body
    links = [word for word in body.split() if word.startswith("https://")]
    assert not any("@" in link or "alice" in link for link in links)


def test_a_mail_tells_nothing_of_the_customers_answers(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_order(intake={"specificQuestion": "Dois-je partir ?"})

    mark_paid(order, at=now(), by="stripe")

    assert "partir" not in str(mailoutbox[0].body)


def test_an_order_without_an_address_is_told_to_nobody(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_order(email="")

    mark_paid(order, at=now(), by="stripe")

    assert not mailoutbox
    assert Message.objects.get().sent_at is not None


def test_the_language_is_the_orders_not_the_workers(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_order(language="fr")

    with translation.override("en"):
        mark_paid(order, at=now(), by="stripe")

    assert "Votre commande" in mailoutbox[0].subject


@pytest.mark.parametrize("name", ["Alice\nBcc: eve@example.org", "<b>Alice & co</b>"])
def test_a_strange_name_harms_no_mail(
    mailoutbox: list[EmailMessage], name: str
) -> None:
    order = make_order(name=name)

    mark_paid(order, at=now(), by="stripe")

    [mail] = mailoutbox
    assert mail.recipients() == ["alice@example.org"]
    assert "&lt;" not in str(mail.body)
