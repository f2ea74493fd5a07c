"""X-Request-Id: the same call again is the same order and the same intent."""

from typing import Any

import pytest
from django.test import Client

from orders.models import Order, Service
from payments.models import Payment
from tests.api.calling import assert_error, create, intent_of
from tests.factories.catalogue import make_expert
from tests.lumira.at_once import at_once
from tests.payments.stripe_heard import keys_sent
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
BODY = {"expertId": "camille", "amount": 7900, "customerEmail": "alice@example.org"}


@pytest.fixture(autouse=True)
def _catalogue(sandbox: SandboxProcess) -> None:
    make_expert(slug="camille")


@pytest.mark.parametrize("header", ["X_Request_Id", "Idempotency_Key"])
def test_a_repeat_is_the_same_order_and_intent_and_one_request_to_stripe(
    client: Client, sandbox: SandboxProcess, header: str
) -> None:
    answers = [create(client, BODY, **{header: "request-7"}).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert Order.objects.count() == Payment.objects.count() == 1
    assert keys_sent(sandbox) == [f"oracle-lumira-{Payment.objects.get().pk}"]


def test_without_the_header_each_call_is_an_order(client: Client) -> None:
    answers = [create(client, BODY).json() for _ in range(2)]

    assert answers[0]["orderId"] != answers[1]["orderId"]
    assert Order.objects.count() == 2


def test_another_request_id_is_another_order(client: Client) -> None:
    for name in ("one", "two"):
        create(client, BODY, X_Request_Id=name)

    assert Order.objects.count() == 2


def test_neither_the_callers_address_nor_the_clock_is_in_the_key(
    sandbox: SandboxProcess,
) -> None:
    for address in ("192.0.2.1", "192.0.2.2"):
        client = Client(REMOTE_ADDR=address)
        create(client, BODY, X_Request_Id="request-7")

    assert keys_sent(sandbox) == [f"oracle-lumira-{Payment.objects.get().pk}"]


@pytest.mark.parametrize(
    "change", [{"customerEmail": "bob@example.org"}, {"expertId": "noor"}]
)
def test_a_request_id_that_comes_back_with_another_order_is_refused(
    client: Client, change: dict[str, Any]
) -> None:
    make_expert(slug="noor")
    create(client, BODY, X_Request_Id="request-7")

    answer = create(client, BODY | change, X_Request_Id="request-7")

    assert_error(answer, 409, "idempotency_conflict")
    assert Order.objects.count() == 1


@pytest.mark.parametrize("change", [{"price": 9900}, {"is_active": False}])
def test_a_repeat_after_the_catalogue_changed_is_still_the_same_order(
    client: Client, change: dict[str, Any]
) -> None:
    first = create(client, BODY, X_Request_Id="request-7")
    Service.objects.update(**change)

    second = create(client, BODY, X_Request_Id="request-7")

    assert (second.status_code, second.json()) == (200, first.json())


def test_twenty_calls_at_once_for_one_order_are_one_intent(
    client: Client, sandbox: SandboxProcess
) -> None:
    order = create(client, BODY).json()["orderId"]
    Payment.objects.all().delete()
    sandbox.reset()

    intents = at_once(20, lambda _: intent_of(create(Client(), {"orderId": order})))

    assert len(set(intents)) == 1
    assert Payment.objects.count() == 1
    assert set(keys_sent(sandbox)) == {f"oracle-lumira-{Payment.objects.get().pk}"}
    assert len(sandbox.events(type="payment_intent.created")) == 1


def test_twenty_equal_requests_at_once_are_one_order_and_one_intent(
    sandbox: SandboxProcess,
) -> None:
    intents = at_once(
        20, lambda _: intent_of(create(Client(), BODY, X_Request_Id="request-7"))
    )

    assert len(set(intents)) == 1
    assert Order.objects.count() == Payment.objects.count() == 1
    assert len(sandbox.events(type="payment_intent.created")) == 1
