"""Saved cards are opened to the person whose signed link it is, and to nobody else."""

from typing import Any

import pytest
from django.test import Client

from orders.access import COOKIE, access_token
from orders.models import Order
from payments.models import Customer, Payment
from tests.api.calling import create, intent_of
from tests.factories.orders import make_order
from tests.money.books import alerts
from tests.payments.stripe_heard import creations, keys_sent
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import make_monthly_order, sdk

pytestmark = pytest.mark.django_db(transaction=True)
SESSIONS = "POST /v1/customer_sessions"
SECRET = "customerSessionClientSecret"


@pytest.fixture(autouse=True)
def everything_at(sandbox: SandboxProcess) -> SandboxProcess:
    return sandbox


def ask(client: Client, order: Order, **headers: str) -> dict[str, Any]:
    answer = create(client, {"orderId": str(order.pk)}, **headers)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def who_has_opened_the_link(email: str = "alice@example.org") -> Client:
    client = Client()
    client.cookies[COOKIE] = access_token(make_order(email=email))
    return client


@pytest.mark.parametrize("make", [make_order, make_monthly_order])
def test_a_proven_buyer_gets_the_session_of_their_own_customer(
    sandbox: SandboxProcess, make: Any
) -> None:
    told = ask(who_has_opened_the_link(), make())

    intent = sdk(sandbox).payment_intents.retrieve(
        told["clientSecret"].partition("_secret_")[0]
    )
    [customer] = sdk(sandbox).customers.list().data
    assert told[SECRET].startswith("cuss_secret_")
    assert intent.customer == customer.id == Customer.objects.get().stripe_id
    [session] = sandbox.requests(path="/v1/customer_sessions")
    assert session["params"]["customer"] == customer.id


@pytest.mark.parametrize("email", ["", "eve@example.org"])
@pytest.mark.parametrize("make", [make_order, make_monthly_order])
def test_an_address_that_is_not_proven_opens_nothing(
    sandbox: SandboxProcess, make: Any, email: str
) -> None:
    client = who_has_opened_the_link(email) if email else Client()

    told = ask(client, make())

    assert SECRET not in told
    assert sandbox.requests(path="/v1/customer_sessions") == []


def test_who_orders_without_an_address_has_no_cards(sandbox: SandboxProcess) -> None:
    told = ask(who_has_opened_the_link(), make_order(email=""))

    assert SECRET not in told


def test_a_forged_link_opens_nothing(client: Client) -> None:
    client.cookies[COOKIE] = access_token(make_order())[:-1] + "x"

    assert SECRET not in ask(client, make_order())


def test_a_stranger_on_the_same_attempt_sees_no_cards(client: Client) -> None:
    order = make_order()
    mine = ask(who_has_opened_the_link(), order)

    theirs = ask(client, order)

    assert theirs["clientSecret"] == mine["clientSecret"]
    assert SECRET not in theirs


def test_an_attempt_begun_by_a_stranger_stays_as_it_was_begun(
    client: Client, sandbox: SandboxProcess
) -> None:
    order = make_order()
    begun = ask(client, order)

    told = ask(who_has_opened_the_link(), order)

    assert told["clientSecret"] == begun["clientSecret"]
    assert SECRET not in told
    assert Payment.objects.get().stripe_customer_id == ""


def test_a_lost_answer_is_asked_for_again_with_the_same_words(
    client: Client, sandbox: SandboxProcess
) -> None:
    order = make_order()
    sandbox.fault("reset_after", route="POST /v1/payment_intents", count=4)
    body = {"orderId": str(order.pk)}
    assert create(who_has_opened_the_link(), body).status_code == 503

    found = create(client, body)

    assert found.status_code == 200
    assert len(set(keys_sent(sandbox))) == 1
    assert len({str(call["params"]) for call in creations(sandbox)}) == 1


@pytest.mark.parametrize("fault", ["503", "reset_before"])
def test_without_the_session_the_card_is_typed(
    sandbox: SandboxProcess, fault: str
) -> None:
    sandbox.fault(fault, route=SESSIONS, count=4)

    assert SECRET not in ask(who_has_opened_the_link(), make_order())


def test_a_customer_deleted_in_the_dashboard_keeps_nobody_from_paying(
    sandbox: SandboxProcess,
) -> None:
    client = who_has_opened_the_link()
    ask(client, make_order())
    sdk(sandbox).customers.delete(str(Customer.objects.get().stripe_id))

    answer = create(client, {"orderId": str(make_order().pk)})

    assert answer.status_code == 200
    assert intent_of(answer)


def test_a_customer_deleted_before_the_intent_was_made_is_no_alarm(
    sandbox: SandboxProcess,
) -> None:
    client = who_has_opened_the_link()
    body = {"orderId": str(make_order().pk)}
    sandbox.fault("reset_before", route="POST /v1/payment_intents", count=4)
    assert create(client, body).status_code == 503
    sdk(sandbox).customers.delete(str(Customer.objects.get().stripe_id))

    answer = create(client, body)

    assert answer.status_code == 200
    given_up, begun = Payment.objects.order_by("created_at")
    assert (given_up.status, given_up.intent_id) == ("cancelled", None)
    assert begun.stripe_customer_id == ""
    assert begun.intent_id == intent_of(answer)
    assert alerts() == []


def test_the_link_in_the_header_is_as_good_as_the_cookie(client: Client) -> None:
    token = access_token(make_order())

    assert SECRET in ask(client, make_order(), authorization=f"Bearer {token}")
