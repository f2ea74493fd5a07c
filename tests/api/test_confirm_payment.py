"""confirm-payment: asks Stripe, and does what the webhook would have done."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from orders.models import OrderEvent
from payments.models import Payment
from tests.api.calling import assert_error, confirm, create, intent_of
from tests.factories.catalogue import make_service
from tests.factories.payments import make_payment
from tests.lumira.at_once import at_once
from tests.lumira.table_contents import shop_contents
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def intent(client: Client, sandbox: SandboxProcess) -> str:
    """An intent of an order that Alice can pay."""
    make_service()
    body = {"productId": "premium", "customerEmail": "alice@example.org"}
    return intent_of(create(client, body))


def test_a_paid_intent_settles_the_order_and_the_answer_is_exact(
    client: Client, sandbox: SandboxProcess, intent: str, mailoutbox: list[EmailMessage]
) -> None:
    sandbox.pay(intent)

    answer = confirm(client, intent)

    payment = Payment.objects.get()
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "success": True,
            "order": {
                "id": str(payment.order_id),
                "status": "completed",
                "paymentStatus": "succeeded",
                "amount": 7900,
                "service": "premium",
            },
        },
    )
    assert payment.order.status == "paid"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("card", "three_d_secure", "status", "stripe_status"),
    [
        ("", "", "pending", "requires_payment_method"),
        ("4000000000000002", "none", "failed", "requires_payment_method"),
        ("4000002760003184", "none", "pending", "requires_action"),
        ("4000002760003184", "fail", "failed", "requires_payment_method"),
        ("4000002760003184", "pass", "completed", "succeeded"),
    ],
)
def test_the_answer_is_the_truth_whatever_it_is(
    client: Client,
    sandbox: SandboxProcess,
    intent: str,
    card: str,
    three_d_secure: str,
    status: str,
    stripe_status: str,
) -> None:
    if card:
        sandbox.pay(intent, card=card, three_d_secure=three_d_secure)

    told = confirm(client, intent).json()

    assert told["success"] is (status == "completed")
    assert told["order"]["status"] == status
    assert told["order"]["paymentStatus"] == stripe_status


def test_asking_again_changes_nothing_more(
    client: Client, sandbox: SandboxProcess, intent: str, mailoutbox: list[EmailMessage]
) -> None:
    sandbox.pay(intent)
    first = confirm(client, intent)
    before = shop_contents()

    second = confirm(client, intent)

    assert second.json() == first.json()
    assert shop_contents() == before
    assert len(mailoutbox) == 1


def test_confirm_and_webhook_at_once_are_one_payment_and_one_mail(
    sandbox: SandboxProcess, intent: str, mailoutbox: list[EmailMessage]
) -> None:
    sandbox.pay(intent)
    [happened] = sandbox.events(type="payment_intent.succeeded")

    answers = at_once(
        10,
        lambda n: (
            (
                confirm(Client(), intent) if n % 2 else deliver(Client(), happened)
            ).status_code
        ),
    )

    assert answers == [200] * 10
    assert Payment.objects.get().order.status == "paid"
    assert OrderEvent.objects.filter(after="paid").count() == 1
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "intent_id", ["pi_of_another_shop", "", "x", "pi_1' OR 1=1", "None", "null"]
)
def test_an_intent_that_is_not_ours_is_not_asked_about(
    client: Client, sandbox: SandboxProcess, intent_id: str
) -> None:
    make_payment(intent_id=None)

    answer = confirm(client, intent_id)

    assert_error(answer, 404, "unknown_payment")
    assert sandbox.requests() == []


def test_an_intent_of_another_mode_changes_nothing(
    client: Client, sandbox: SandboxProcess, intent: str
) -> None:
    sandbox.pay(intent)
    Payment.objects.update(livemode=True)

    answer = confirm(client, intent)

    assert answer.json()["success"] is False
    assert Payment.objects.get().status == "pending"


def test_stripe_away_is_a_503_and_changes_nothing_but_to_tell_support(
    client: Client, sandbox: SandboxProcess, intent: str
) -> None:
    before = shop_contents()
    sandbox.fault("429", route="GET /v1/payment_intents/*")

    answer = confirm(client, intent)

    after = shop_contents()
    changed = {label for label, rows in after.items() if rows != before[label]}
    assert_error(answer, 503, "payment_unavailable")
    assert changed == {"payments.Alarm", "outbox.Message"}


def test_confirming_never_charges(
    client: Client, sandbox: SandboxProcess, intent: str
) -> None:
    sandbox.requests()

    confirm(client, intent)

    methods = [call["method"] for call in sandbox.requests()]
    assert methods == ["POST", "GET"]  # the creation, then a look
