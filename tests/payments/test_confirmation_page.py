"""/confirmation says the truth about the order, whatever its address claims."""

import uuid

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from payments.models import Payment
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents
from tests.payments.purchases import open_purchase
from tests.sandbox_process import SandboxProcess

PAGE = "/confirmation"
HINTS = {
    "redirect_status": "succeeded",
    "payment_intent": "pi_of_somebody",
    "payment_intent_client_secret": "pi_of_somebody_secret_x",
    "status": "paid",
}
TRUTH = [
    ("pending", None, "pending"),
    ("pending", "pending", "pending"),
    ("failed", "pending", "pending"),
    ("pending", "processing", "processing"),
    ("failed", "failed", "failed"),
    ("failed", "cancelled", "expired"),
    ("pending", "completed", "processing"),
    ("paid", "completed", "paid"),
    ("processing", "completed", "paid"),
    ("awaiting_validation", "completed", "paid"),
    ("completed", "completed", "paid"),
    ("refunded", "completed", "refunded"),
]


def look(client: Client, order_id: object, **query: str) -> str:
    """The outcome the page tells, once it has come."""
    answer = client.get(PAGE, {"order_id": str(order_id), **query})
    assert answer.status_code == 200
    assert answer.context["config"]["outcome"] == answer.context["outcome"]
    outcome: str = answer.context["outcome"]
    return outcome


@pytest.mark.django_db
@pytest.mark.parametrize(("order_status", "payment_status", "outcome"), TRUTH)
def test_each_state_is_told_as_it_is(
    client: Client, order_status: str, payment_status: str | None, outcome: str
) -> None:
    order = make_order(status=order_status)
    if payment_status:
        make_payment(order=order, status=payment_status)

    assert look(client, order.pk) == outcome


@pytest.mark.django_db
@pytest.mark.parametrize("payment_status", ["pending", "processing", "failed"])
def test_what_the_address_claims_is_not_believed(
    client: Client, payment_status: str
) -> None:
    order = make_payment(status=payment_status).order

    outcomes = {look(client, order.pk), look(client, order.pk, **HINTS)}

    assert outcomes == {payment_status}


@pytest.mark.django_db
def test_a_payment_under_way_is_never_called_paid(client: Client) -> None:
    order = make_payment(status="processing").order

    page = client.get(PAGE, {"order_id": str(order.pk)}).content.decode().lower()

    assert "en attente de confirmation" in page
    assert "merci pour votre paiement" not in page
    assert "paiement reçu" not in page


@pytest.mark.django_db
def test_a_failure_is_told_in_our_words(client: Client) -> None:
    order = make_order(status="failed")
    make_payment(
        order=order,
        status="failed",
        failure_code="card_declined",
        decline_code="insufficient_funds",
    )

    answer = client.get(PAGE, {"order_id": str(order.pk)})

    sentence = "Fonds insuffisants sur votre compte. Veuillez vérifier votre solde."
    assert answer.context["failure_message"] == sentence
    assert sentence in answer.content.decode()
    assert f"/paiement/{order.pk}/" in answer.content.decode()


@pytest.mark.django_db
def test_a_success_after_a_failure_tells_no_failure(client: Client) -> None:
    order = make_order(status="paid")
    make_payment(order=order, status="completed", failure_code="card_declined")

    answer = client.get(PAGE, {"order_id": str(order.pk)})

    assert answer.context["failure_message"] == ""


@pytest.mark.django_db
def test_looking_writes_nothing_and_is_not_kept_by_caches(client: Client) -> None:
    order = make_payment().order
    before = table_contents()

    answer = client.get(PAGE, {"order_id": str(order.pk), **HINTS})
    client.head(PAGE, {"order_id": str(order.pk)})

    assert table_contents() == before
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_the_page_repeats_no_client_secret_and_no_address(client: Client) -> None:
    order = make_payment().order

    answer = client.get(PAGE, {"order_id": str(order.pk), **HINTS})

    page = answer.content.decode()
    assert "secret_x" not in page
    assert "alice@example.org" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("order_id", [str(uuid.UUID(int=1)), "", "nonsense", "\x00"])
def test_an_unknown_order_is_a_404(client: Client, order_id: str) -> None:
    assert client.get(PAGE, {"order_id": order_id}).status_code == 404
    assert client.get(PAGE).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_button_asks_stripe_and_settles(
    client: Client, sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    payment = open_purchase()
    sandbox.pay(str(payment.intent_id))
    before = look(client, payment.order_id)

    answer = client.post(f"{PAGE}?order_id={payment.order_id}")

    assert (answer.status_code, before) == (302, "pending")
    assert answer["Location"] == f"{PAGE}?order_id={payment.order_id}"
    assert look(client, payment.order_id) == "paid"
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_button_while_stripe_is_away_still_shows_what_is_known(
    client: Client, sandbox: SandboxProcess
) -> None:
    payment = open_purchase()
    sandbox.fault("429", route="GET /v1/payment_intents/*")

    answer = client.post(f"{PAGE}?order_id={payment.order_id}", follow=True)

    assert answer.status_code == 200
    assert answer.context["outcome"] == "pending"


@pytest.mark.django_db
def test_the_button_from_another_site_does_nothing() -> None:
    payment = make_payment()
    stranger = Client(enforce_csrf_checks=True)

    answer = stranger.post(f"{PAGE}?order_id={payment.order_id}")

    assert answer.status_code == 403
    assert Payment.objects.get().status == "pending"


@pytest.mark.django_db
def test_an_order_nobody_began_to_pay_can_be_asked_about(client: Client) -> None:
    order = make_order()

    answer = client.post(f"{PAGE}?order_id={order.pk}", follow=True)

    assert answer.context["outcome"] == "pending"
