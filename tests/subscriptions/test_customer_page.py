"""/abonnements/<id>/ without a browser: who sees it, what it says, what it does."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from orders.access import COOKIE, access_token
from payments.models import Subscription
from tests.factories.orders import make_order
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.lumira.table_contents import table_contents
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db
PAGES = ["", "arreter/", "carte/", "regler/"]
ACTIONS = ["arreter/", "reprendre/", "carte/", "regler/"]
# Far enough that no test meets the day.
NEXT_CHARGE = datetime(2099, 12, 23, 12, tzinfo=UTC)
LATE: dict[str, Any] = {"status": "past_due"}
UNPAID: dict[str, Any] = {"status": "open", "number": "LUM-0002"}


def address(subscription: Subscription, page: str = "") -> str:
    return f"/abonnements/{subscription.pk}/{page}"


def let_in(client: Client, subscription: Subscription) -> Subscription:
    client.cookies[COOKIE] = access_token(subscription.first_order)
    return subscription


def text_of(client: Client, subscription: Subscription, page: str = "") -> str:
    answer = client.get(address(subscription, page))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_without_a_link_everybody_is_asked_for_one(client: Client, page: str) -> None:
    known, unknown = make_subscription(), Subscription(pk=uuid.uuid4())

    answers = [client.get(address(one, page)) for one in (known, unknown)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "97,00" not in answers[0].content.decode()
    assert all(answer.context["orders"] is None for answer in answers)


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_does_not_exist(client: Client, page: str) -> None:
    theirs = make_subscription(**LATE)
    make_invoice(theirs, **UNPAID)
    client.cookies[COOKIE] = access_token(make_order(email="eve@example.org"))

    assert client.get(address(theirs, page)).status_code == 404


@pytest.mark.parametrize("page", ACTIONS)
@pytest.mark.parametrize(("email", "status"), [("", 403), ("eve@example.org", 404)])
def test_strangers_change_nothing(
    client: Client, page: str, email: str, status: int
) -> None:
    theirs = make_subscription()
    if email:
        client.cookies[COOKIE] = access_token(make_order(email=email))
    before = table_contents()

    answer = client.post(address(theirs, page), {"setup_intent": "seti_1"})

    assert answer.status_code == status
    assert table_contents() == before


def test_the_link_of_a_mail_leaves_the_address(client: Client) -> None:
    mine = make_subscription()
    token = access_token(mine.first_order)

    answer = client.get(address(mine, "regler/"), {"lien": token})

    assert (answer.status_code, answer["Location"]) == (302, address(mine, "regler/"))
    assert answer.cookies[COOKIE]["httponly"]


def test_a_link_that_is_forged_or_old_opens_nothing(client: Client) -> None:
    answer = client.get(address(make_subscription()), {"lien": "forged"})

    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


def test_the_page_is_kept_by_no_cache_and_no_search_engine(client: Client) -> None:
    mine = let_in(client, make_subscription())

    answer = client.get(address(mine))

    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_a_running_one_tells_sum_day_and_card(client: Client) -> None:
    card = {"card_brand": "visa", "card_last4": "4242", "card_expires": "12/2034"}
    mine = let_in(client, make_subscription(period_end=NEXT_CHARGE, **card))

    text = text_of(client, mine)

    assert "97,00\u00a0€ par mois" in text
    assert "97,00\u00a0€ le 23 décembre 2099" in text
    assert "Visa •••• 4242" in text
    assert "expire fin 12/2034" in text


def test_one_that_stops_is_charged_no_more_and_can_go_on(client: Client) -> None:
    mine = let_in(
        client, make_subscription(period_end=NEXT_CHARGE, stops_at_period_end=True)
    )

    text = text_of(client, mine)

    assert "aucun" in text
    assert "23 décembre 2099" in text
    assert "Continuer l’abonnement" in text
    assert "arreter/" not in text


def test_a_late_one_asks_for_its_sum(client: Client) -> None:
    mine = let_in(client, make_subscription(**LATE))
    make_invoice(mine, **UNPAID, next_attempt_at=datetime(2099, 1, 2, 12, tzinfo=UTC))

    text = text_of(client, mine)

    assert "97,00\u00a0€ restent à régler" in text
    assert "2 janvier 2099" in text
    assert "regler/" in text
    assert "carte/" in text


def test_one_that_ended_says_why_and_offers_nothing(client: Client) -> None:
    ended = {"status": "canceled", "end_reason": "payment_failed"}
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    mine = let_in(client, make_subscription(ended_at=at, **ended))

    text = text_of(client, mine)

    assert "20 novembre 2026 · paiement non reçu" in text
    assert not any(page in text for page in ACTIONS)
    assert client.get(address(mine, "carte/")).status_code == 302
    assert client.get(address(mine, "arreter/")).status_code == 302


@pytest.mark.parametrize("status", ["incomplete", "incomplete_expired"])
def test_one_that_never_began_is_its_order(client: Client, status: str) -> None:
    mine = let_in(client, make_subscription(status=status))

    answer = client.get(address(mine))

    assert answer["Location"] == mine.first_order.get_absolute_url()
    assert "Abonnements" not in client.get("/commandes/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_reading_changes_nothing_and_asks_stripe_nothing(
    client: Client, sandbox: SandboxProcess, page: str
) -> None:
    mine = let_in(client, make_subscription(**LATE))
    make_invoice(mine, **UNPAID)
    before = table_contents()

    for method in (client.get, client.head):
        assert method(address(mine, page)).status_code == 200

    assert table_contents() == before
    assert sandbox.requests() == []


def test_what_was_refunded_is_said_on_its_invoice(client: Client) -> None:
    mine = let_in(client, make_subscription())
    payment = mine.first_payment
    payment.amount_refunded = 1000
    payment.save()
    make_invoice(mine, status="paid", payment=payment)

    assert "dont 10,00\u00a0€ remboursés" in text_of(client, mine)


def test_my_orders_show_mine_and_nobody_elses(client: Client) -> None:
    mine = make_subscription()
    eves = make_subscription(email="eve@example.org")
    let_in(client, mine)

    text = client.get("/commandes/").content.decode()

    assert address(mine) in text
    assert address(eves) not in text


def test_nothing_due_leads_back_to_the_page(client: Client) -> None:
    mine = let_in(client, make_subscription())

    answer = client.get(address(mine, "regler/"), follow=True)

    assert answer.redirect_chain == [(address(mine), 302)]
    assert "rien n’est dû" in answer.content.decode()


def test_the_pages_give_no_secret_away(client: Client, settings: Any) -> None:
    mine = let_in(client, make_subscription(**LATE))
    make_invoice(mine, **UNPAID)

    for page in PAGES:
        text = text_of(client, mine, page)
        assert settings.STRIPE_SECRET_KEY not in text
        assert "_secret_" not in text
        assert "alice@example.org" not in text
