"""Stripe refuses, is away, or its answer is lost: the order is kept and resumable."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from orders.models import Order
from payments.models import Payment
from tests.api.calling import assert_error, create, intent_of
from tests.factories.catalogue import make_service
from tests.lumira.table_contents import shop_contents
from tests.payments.canned_stripe import CannedStripe
from tests.payments.stripe_heard import creations, keys_sent
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
CREATION = "POST /v1/payment_intents"
NOBODY = "http://127.0.0.1:9"
BODY = {"productId": "premium"}


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    make_service()


@pytest.mark.parametrize(
    ("code", "decline_code", "sentence"),
    [
        ("card_declined", "generic_decline", "Votre carte a été refusée."),
        ("card_declined", "insufficient_funds", "Fonds insuffisants"),
        ("card_declined", "stolen_card", "Votre carte a été refusée."),
        ("expired_card", None, "La carte que vous avez utilisée a expiré."),
        ("incorrect_number", None, "Le numéro de carte que vous avez saisi"),
        ("unheard_of", None, "Erreur lors du paiement"),
    ],
)
def test_a_card_error_is_told_in_our_words_with_stripes_code(
    client: Client,
    canned: CannedStripe,
    code: str,
    decline_code: str | None,
    sentence: str,
) -> None:
    error = {"type": "card_error", "code": code, "message": "Raw English."}
    canned.will_say(402, {"error": error | {"decline_code": decline_code}})

    answer = create(client, BODY)

    told = assert_error(answer, 400, "payment_error")
    assert told["errorCode"] == code
    assert told["message"].startswith(sentence)
    assert told["orderId"] == str(Order.objects.get().pk)
    assert "Raw English" not in answer.content.decode()


def test_stripe_unreachable_keeps_the_order_which_can_be_paid_later(
    client: Client, sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = NOBODY
    refused = create(client, BODY)
    settings.STRIPE_API_BASE = sandbox.url

    told = assert_error(refused, 503, "payment_unavailable")
    resumed = create(client, {"orderId": told["orderId"]})

    assert resumed.status_code == 200
    assert resumed.json()["orderId"] == told["orderId"]
    assert Order.objects.count() == Payment.objects.count() == 1


def test_the_repeat_of_a_failed_call_finds_its_order_and_uses_the_same_key(
    client: Client, sandbox: SandboxProcess
) -> None:
    sandbox.fault("429", route=CREATION)
    refused = create(client, BODY, X_Request_Id="request-7")

    repeated = create(client, BODY, X_Request_Id="request-7")

    told = assert_error(refused, 503, "payment_unavailable")
    assert repeated.json()["orderId"] == told["orderId"]
    assert len(set(keys_sent(sandbox))) == 1
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    "fault",
    ["reset_before", "503", "html", "conflict", "reset_after", "truncated_after"],
)
def test_a_short_trouble_is_over_before_anybody_notices(
    client: Client, sandbox: SandboxProcess, fault: str
) -> None:
    sandbox.fault(fault, route=CREATION)

    answer = create(client, BODY)

    assert answer.status_code == 200
    assert len(sandbox.events(type="payment_intent.created")) == 1
    assert len(set(keys_sent(sandbox))) == 1


@pytest.mark.parametrize("fault", ["reset_after", "truncated_after"])
def test_an_answer_that_was_lost_for_good_is_asked_for_again(
    client: Client, sandbox: SandboxProcess, fault: str
) -> None:
    sandbox.fault(fault, route=CREATION, count=4)
    lost = create(client, BODY)

    resumed = create(client, {"orderId": lost.json()["orderId"]})

    assert (lost.status_code, resumed.status_code) == (503, 200)
    assert Payment.objects.get().intent_id == intent_of(resumed)
    assert len(sandbox.events(type="payment_intent.created")) == 1


@pytest.mark.parametrize("fault", ["500", "500_after"])
def test_a_500_that_stripe_repeats_for_its_key_is_not_the_orders_end(
    client: Client, sandbox: SandboxProcess, fault: str
) -> None:
    # Stripe keeps the first answer to a key for a day, a 500 included.
    sandbox.fault(fault, route=CREATION)
    first = create(client, BODY)

    resumed = create(client, {"orderId": first.json()["orderId"]})

    assert resumed.status_code == 200
    assert Payment.objects.get(status="pending").intent_id == intent_of(resumed)
    assert len(sandbox.events(type="payment_intent.created")) == 1


def test_stripe_away_while_an_order_is_resumed_changes_nothing(
    client: Client, sandbox: SandboxProcess
) -> None:
    order = create(client, BODY).json()["orderId"]
    before = shop_contents()
    sandbox.fault("429", route="GET /v1/payment_intents/*")

    answer = create(client, {"orderId": order})

    assert_error(answer, 503, "payment_unavailable")
    after = shop_contents()
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert changed == {"payments.Alarm", "outbox.Message"}, "only support is told"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 100},
        {"currency": "usd"},
        {"livemode": True},
        {"metadata": {"orderId": "another"}},
    ],
    ids=str,
)
def test_an_intent_that_is_not_what_was_asked_for_is_not_given_to_anybody(
    client: Client, canned: CannedStripe, wrong: dict[str, object]
) -> None:
    intent = {
        "id": "pi_1",
        "object": "payment_intent",
        "status": "requires_payment_method",
        "amount": 7900,
        "currency": "eur",
        "livemode": False,
        "client_secret": "pi_1_secret_x",
        "metadata": {},
    }
    canned.will_say(200, intent | wrong)

    answer = create(client, BODY)

    assert_error(answer, 409, "order_on_hold")
    assert "secret" not in answer.content.decode()
    assert Payment.objects.get().status == "pending"


def test_a_wrong_key_is_our_trouble_and_told_as_such(
    client: Client, canned: CannedStripe, caplog: pytest.LogCaptureFixture
) -> None:
    canned.will_say(401, {"error": {"type": "invalid_request_error", "message": "x"}})

    answer = create(client, {**BODY, "customerEmail": "alice@example.org"})

    assert_error(answer, 503, "payment_unavailable")
    assert "AuthenticationError" in caplog.text
    assert not re.search(r"sk_test_\w+|alice", caplog.text)


def test_nothing_is_asked_of_stripe_before_our_own_row_is_saved(
    client: Client, sandbox: SandboxProcess
) -> None:
    sandbox.fault("429", route=CREATION)

    create(client, BODY)

    [call] = creations(sandbox)
    payment = Payment.objects.get()
    assert call["idempotency_key"] == f"oracle-lumira-{payment.pk}"
    assert (payment.intent_id, payment.status) == (None, "pending")
