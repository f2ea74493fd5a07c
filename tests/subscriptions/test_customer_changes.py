"""What the subscriber's page does at Stripe: stop, resume, card, invoice, payment."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orders.access import COOKIE, access_token
from orders.models import Order
from payments.models import Subscription
from payments.subscriptions.look import look_at_invoice, look_at_subscription
from tests.api.calling import assert_error
from tests.factories.orders import make_order
from tests.lumira.answer import Answer
from tests.sandbox.billing.making import ASKS_EACH_TIME, FAILS_LATER
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    charge_from_now_on,
    letters_about,
    pass_a_period,
    sdk,
    subscribe,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(sandbox: SandboxProcess) -> Any:
    return under_a_clock(sandbox)


@pytest.fixture
def mine(sandbox: SandboxProcess, clock: Any, client: Client) -> Subscription:
    """A running subscription, and a client that may see it."""
    subscription = subscribe(sandbox)
    client.cookies[COOKIE] = access_token(subscription.first_order)
    return subscription


@pytest.fixture
def late(sandbox: SandboxProcess, clock: Any, mine: Subscription) -> Subscription:
    """Its second period could not be charged."""
    return miss_a_period(sandbox, clock, mine, FAILS_LATER)


def miss_a_period(
    sandbox: SandboxProcess, clock: Any, mine: Subscription, card: str
) -> Subscription:
    charge_from_now_on(sandbox, mine, card)
    pass_a_period(sandbox, clock, mine)
    look_at_subscription(mine, by="stripe")
    mine.refresh_from_db()
    assert mine.status == "past_due"
    return mine


def post(client: Client, mine: Subscription, page: str, **data: str) -> str:
    """The text of the page it ends on."""
    answer = client.post(f"/abonnements/{mine.pk}/{page}", data, follow=True)
    mine.refresh_from_db()
    assert answer.status_code == 200
    return str(answer.content.decode())


def ask_api(client: Client, mine: Subscription, what: str) -> Answer:
    name = {"card": "card_setup", "open-invoice": "open_invoice"}[what]
    address = reverse(f"api-1.0.0:{name}", args=[mine.pk])
    return client.post(address, {}, content_type="application/json")


def confirmed_setup(sandbox: SandboxProcess, secret: str, card: str) -> str:
    """What the browser does with the secret; the setup intent's id."""
    setup_id = secret.partition("_secret_")[0]
    said = {"payment_method": card, "return_url": "https://lumira.test/"}
    sdk(sandbox).setup_intents.confirm(setup_id, said)
    return setup_id


def test_a_stop_and_its_repeat_are_one_and_one_letter(
    client: Client, mine: Subscription
) -> None:
    text = post(client, mine, "arreter/")
    post(client, mine, "arreter/")

    assert mine.stops_at_period_end
    assert "votre abonnement s’arrêtera" in text
    assert len(letters_about("subscription_stopping")) == 1


def test_a_resume_and_its_repeat_are_one_and_one_letter(
    client: Client, mine: Subscription
) -> None:
    post(client, mine, "arreter/")

    text = post(client, mine, "reprendre/")
    post(client, mine, "reprendre/")

    assert not mine.stops_at_period_end
    assert "Votre abonnement continue" in text
    assert len(letters_about("subscription_resumed")) == 1


@pytest.mark.parametrize("page", ["arreter/", "reprendre/"])
def test_when_stripe_does_not_answer_nothing_changes_and_it_is_said(
    client: Client, mine: Subscription, sandbox: SandboxProcess, page: str
) -> None:
    sandbox.fault("503", route="POST /v1/subscriptions/{id}", count=4)

    text = post(client, mine, page)

    assert not mine.stops_at_period_end
    assert "Rien n’a changé" in text


def test_a_form_from_elsewhere_is_refused(mine: Subscription) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[COOKIE] = access_token(mine.first_order)

    answer = strict.post(f"/abonnements/{mine.pk}/arreter/")

    mine.refresh_from_db()
    assert answer.status_code == 403
    assert not mine.stops_at_period_end


def test_a_confirmed_card_is_charged_from_now_on(
    client: Client, mine: Subscription, sandbox: SandboxProcess
) -> None:
    secret = ask_api(client, mine, "card").json()["clientSecret"]
    setup_id = confirmed_setup(sandbox, secret, "pm_card_mastercard")

    text = post(client, mine, "carte/", setup_intent=setup_id)

    assert mine.card_last4 == "4444"
    assert "Votre nouvelle carte est enregistrée." in text


def test_a_card_that_the_bank_did_not_confirm_is_not_used(
    client: Client, mine: Subscription
) -> None:
    secret = ask_api(client, mine, "card").json()["clientSecret"]

    text = post(client, mine, "carte/", setup_intent=secret.partition("_secret_")[0])

    assert mine.card_last4 == "4242"
    assert "n’a pas confirmé cette carte" in text


@pytest.mark.parametrize("setup_id", ["seti_nonsense", "of somebody else"])
def test_a_card_from_elsewhere_is_not_used(
    client: Client, mine: Subscription, sandbox: SandboxProcess, setup_id: str
) -> None:
    if setup_id != "seti_nonsense":
        method = sdk(sandbox).payment_methods.create(
            {"type": "card", "card": {"token": "tok_mastercard"}}
        )
        made = sdk(sandbox).setup_intents.create(
            {"payment_method": method.id, "confirm": True, "return_url": "https://a.b"}
        )
        setup_id = made.id

    text = post(client, mine, "carte/", setup_intent=setup_id)

    assert mine.card_last4 == "4242"
    assert "n’a pas pu être enregistrée" in text


def test_a_confirmed_card_that_stripe_did_not_hear_of_can_be_sent_again(
    client: Client, mine: Subscription, sandbox: SandboxProcess
) -> None:
    secret = ask_api(client, mine, "card").json()["clientSecret"]
    setup_id = confirmed_setup(sandbox, secret, "pm_card_mastercard")
    sandbox.fault("503", route="GET /v1/setup_intents/{id}", count=4)
    page = f"/abonnements/{mine.pk}/carte/"

    lost = client.post(page, {"setup_intent": setup_id})

    assert lost.status_code == 503
    assert f'value="{setup_id}"' in lost.content.decode()
    post(client, mine, "carte/", setup_intent=setup_id)
    assert mine.card_last4 == "4444"


def test_another_card_pays_what_is_late(
    client: Client, late: Subscription, sandbox: SandboxProcess
) -> None:
    secret = ask_api(client, late, "card").json()["clientSecret"]
    setup_id = confirmed_setup(sandbox, secret, "pm_card_mastercard")

    post(client, late, "carte/", setup_intent=setup_id)

    assert late.status == "active"
    assert Order.objects.filter(status="paid").count() == 2


def test_another_card_that_cannot_pay_what_is_late_is_kept_and_it_is_said(
    client: Client, late: Subscription, sandbox: SandboxProcess
) -> None:
    secret = ask_api(client, late, "card").json()["clientSecret"]
    setup_id = confirmed_setup(sandbox, secret, FAILS_LATER)

    text = post(client, late, "carte/", setup_intent=setup_id)

    assert late.status == "past_due"
    assert "la somme en retard reste due" in text
    assert "Votre carte a été refusée." in text


def test_the_late_period_can_be_paid_in_the_browser(
    client: Client, late: Subscription, sandbox: SandboxProcess
) -> None:
    told = ask_api(client, late, "open-invoice").json()
    sandbox.pay(told["clientSecret"].partition("_secret_")[0])

    text = post(client, late, "regler/")

    assert (told["amount"], told["asksTheCustomer"]) == (9700, False)
    assert late.status == "active"
    assert "votre paiement est arrivé" in text
    assert Order.objects.filter(status="paid").count() == 2


def test_paid_and_not_yet_said_to_run_is_not_shown_as_late(
    client: Client, late: Subscription, sandbox: SandboxProcess
) -> None:
    told = ask_api(client, late, "open-invoice").json()
    sandbox.pay(told["clientSecret"].partition("_secret_")[0])
    paid = late.invoices.get(status="open")
    look_at_invoice(late, paid.stripe_id, by="stripe")

    text = post(client, late, "regler/")

    assert late.status == "active"
    assert "votre paiement est arrivé" in text


def test_a_bank_that_asks_is_told_to_the_browser(
    client: Client, mine: Subscription, sandbox: SandboxProcess, clock: Any
) -> None:
    miss_a_period(sandbox, clock, mine, ASKS_EACH_TIME)

    assert ask_api(client, mine, "open-invoice").json()["asksTheCustomer"] is True


def test_what_is_not_paid_yet_is_said_to_be_waited_for(
    client: Client, late: Subscription
) -> None:
    text = post(client, late, "regler/")

    assert "Nous attendons la réponse de votre banque" in text
    assert "restent à régler" in text


def test_what_was_paid_elsewhere_is_not_paid_again(
    client: Client, late: Subscription, sandbox: SandboxProcess
) -> None:
    secret = ask_api(client, late, "open-invoice").json()["clientSecret"]
    sandbox.pay(secret.partition("_secret_")[0])

    answer = ask_api(client, late, "open-invoice")

    assert_error(answer, 409, "nothing_to_pay")
    assert Order.objects.filter(status="paid").count() == 2


@pytest.mark.parametrize("what", ["card", "open-invoice"])
def test_the_api_knows_whose_it_is(mine: Subscription, what: str) -> None:
    stranger, eve = Client(), Client()
    eve.cookies[COOKIE] = access_token(make_order(email="eve@example.org"))

    assert_error(ask_api(stranger, mine, what), 401, "sign_in_required")
    assert_error(ask_api(eve, mine, what), 404, "unknown_subscription")


def test_an_invoice_leads_to_its_file_at_stripe(
    client: Client, mine: Subscription, sandbox: SandboxProcess
) -> None:
    invoice = mine.invoices.get()

    answer = client.post(f"/abonnements/{mine.pk}/factures/{invoice.pk}/")

    assert answer.status_code == 302
    assert invoice.stripe_id in answer["Location"]


def test_an_invoice_of_another_subscription_is_not_found(
    client: Client, mine: Subscription
) -> None:
    invoice = mine.invoices.get()
    client.cookies[COOKIE] = access_token(make_order(email="eve@example.org"))

    answer = client.post(f"/abonnements/{mine.pk}/factures/{invoice.pk}/")

    assert answer.status_code == 404
