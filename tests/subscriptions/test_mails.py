"""What a subscriber is written: in their language, only if it is still true."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils.timezone import now

from lumira.outbox.announcing import announce
from orders.actions.settle import mark_paid
from orders.models import Order
from payments.models import Invoice, Subscription
from tests.factories.orders import make_order
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.lumira.french_words import french_in

pytestmark = pytest.mark.django_db(transaction=True)
NEXT_CHARGE = datetime(2099, 12, 23, 12, tzinfo=UTC)
UNPAID: dict[str, Any] = {"status": "open", "attempt_count": 1}
ENDED: dict[str, Any] = {"status": "canceled"}


def tell(topic: str, subscription: Subscription) -> None:
    announce(topic, key=topic, subscription_id=str(subscription.pk))


def tell_moved(subscription: Subscription) -> None:
    announce(
        "subscription_price_moved",
        key="moved",
        subscription_id=str(subscription.pk),
        amount=11900,
        amount_before=9700,
    )


def tell_unpaid(invoice: Invoice, wants: str = "card") -> None:
    announce("renewal_unpaid", key="1", invoice_id=str(invoice.pk), wants=wants)


def body_of(mails: list[EmailMessage]) -> str:
    [mail] = mails
    assert mail.to == ["alice@example.org"]
    return str(mail.body)


def test_an_unpaid_period_leads_to_where_it_is_paid(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    subscription = make_subscription(status="past_due")
    invoice = make_invoice(subscription, **UNPAID, next_attempt_at=NEXT_CHARGE)

    tell_unpaid(invoice)

    body = body_of(mailoutbox)
    link = re.search(rf"/abonnements/{subscription.pk}/regler/\?lien=\S+", body)
    assert link
    assert client.get(link[0], follow=True).status_code == 200
    assert f"/abonnements/{subscription.pk}/carte/?lien=" in body
    assert "97,00\u00a0€" in body
    assert "23 décembre 2099" in body


def test_a_bank_that_asks_is_told_apart_from_a_card_that_fails(
    mailoutbox: list[EmailMessage],
) -> None:
    invoice = make_invoice(make_subscription(status="past_due"), **UNPAID)

    tell_unpaid(invoice, wants="authentication")

    assert "attend votre accord" in mailoutbox[0].subject
    assert "/carte/" not in body_of(mailoutbox)


@pytest.mark.parametrize(
    ("status", "invoice"), [("past_due", "paid"), ("canceled", "open")]
)
def test_what_was_paid_or_given_up_meanwhile_is_not_asked_for(
    mailoutbox: list[EmailMessage], status: str, invoice: str
) -> None:
    subscription = make_subscription(status=status)

    tell_unpaid(make_invoice(subscription, status=invoice))

    assert mailoutbox == []


def test_a_stop_says_until_when_it_lasts(mailoutbox: list[EmailMessage]) -> None:
    stops = make_subscription(stops_at_period_end=True, period_end=NEXT_CHARGE)

    tell("subscription_stopping", stops)

    body = body_of(mailoutbox)
    assert "jusqu’au 23 décembre 2099" in body
    assert f"/abonnements/{stops.pk}/?lien=" in body


def test_a_resume_says_when_the_next_charge_is(mailoutbox: list[EmailMessage]) -> None:
    tell("subscription_resumed", make_subscription(period_end=NEXT_CHARGE))

    assert "97,00\u00a0€ le 23 décembre 2099" in body_of(mailoutbox)


def test_another_price_is_told_with_its_day_and_the_way_to_stop(
    mailoutbox: list[EmailMessage],
) -> None:
    moved = make_subscription(amount=11900, period_end=NEXT_CHARGE)

    tell_moved(moved)

    body = body_of(mailoutbox)
    assert "119,00 € par mois, au lieu de 97,00 € par mois" in body
    assert "à partir du prélèvement du 23 décembre 2099" in body
    assert f"/abonnements/{moved.pk}/?lien=" in body


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 12900},
        {"amount": 11900, "stops_at_period_end": True},
        {"amount": 11900, **ENDED},
    ],
)
def test_a_price_that_nobody_will_pay_is_not_told(
    mailoutbox: list[EmailMessage], facts: dict[str, Any]
) -> None:
    tell_moved(make_subscription(**facts))

    assert mailoutbox == []


@pytest.mark.parametrize(
    ("topic", "stops"),
    [("subscription_stopping", False), ("subscription_resumed", True)],
)
def test_a_mind_changed_meanwhile_is_not_contradicted(
    mailoutbox: list[EmailMessage], topic: str, stops: bool
) -> None:
    tell(topic, make_subscription(stops_at_period_end=stops))

    assert mailoutbox == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("payment_failed", "malgré plusieurs essais"),
        ("payment_disputed", "contesté"),
        ("cancellation_requested", "comme demandé"),
    ],
)
def test_an_end_says_why(
    mailoutbox: list[EmailMessage], reason: str, said: str
) -> None:
    tell("subscription_ended", make_subscription(**ENDED, end_reason=reason))

    body = body_of(mailoutbox)
    assert said in body
    assert "plus rien ne sera débité" in body.lower()


def test_the_first_payment_says_what_follows_and_how_to_stop(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_subscription(period_end=NEXT_CHARGE).first_order
    Order.objects.filter(pk=order.pk).update(status="pending")

    mark_paid(order, at=now(), by="stripe")

    body = body_of(mailoutbox)
    assert "97,00\u00a0€ par mois, jusqu’à ce que vous arrêtiez" in body
    assert "le 23 décembre 2099" in body
    assert "l’arrêter" in body


def test_a_renewal_says_that_another_period_was_paid(
    mailoutbox: list[EmailMessage],
) -> None:
    subscription = make_subscription(period_end=NEXT_CHARGE)
    first = subscription.first_order

    mark_paid(make_order(service=first.service, renews=first), at=now(), by="stripe")

    body = body_of(mailoutbox)
    assert "continue" in mailoutbox[0].subject
    assert "Une nouvelle période" in body
    assert "le 23 décembre 2099" in body
    assert f"/abonnements/{subscription.pk}/?lien=" in body


def test_a_single_purchase_says_nothing_of_subscriptions(
    mailoutbox: list[EmailMessage],
) -> None:
    mark_paid(make_order(), at=now(), by="stripe")

    assert "abonnement" not in body_of(mailoutbox).lower()


def test_everything_is_said_in_english_to_who_ordered_in_english(
    mailoutbox: list[EmailMessage],
) -> None:
    subscription = make_subscription(status="past_due", period_end=NEXT_CHARGE)
    first = subscription.first_order
    Order.objects.filter(pk=first.pk).update(language="en")
    type(first.service).objects.update(name="Monthly")
    facts = Subscription.objects.filter(pk=subscription.pk)

    tell_unpaid(make_invoice(subscription, **UNPAID, next_attempt_at=NEXT_CHARGE))
    announce(
        "renewal_unpaid",
        key="2",
        invoice_id=str(make_invoice(subscription, **UNPAID).pk),
        wants="authentication",
    )
    tell("subscription_resumed", subscription)
    facts.update(amount=11900)
    tell_moved(subscription)
    renewal = make_order(service=first.service, renews=first, language="en")
    mark_paid(renewal, at=now(), by="stripe")
    facts.update(stops_at_period_end=True)
    tell("subscription_stopping", subscription)
    for reason in ("payment_failed", "payment_disputed", ""):
        facts.update(**ENDED, end_reason=reason)
        announce("subscription_ended", key=reason, subscription_id=str(subscription.pk))

    said = "\n".join(f"{mail.subject}\n{mail.body}" for mail in mailoutbox)
    words = [word for word in said.split() if "://" not in word]
    assert len(mailoutbox) == 9
    assert french_in(" ".join(words)) == set()
