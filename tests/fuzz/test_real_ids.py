"""The API asked by somebody who knows real ids, and says odd things with them.

Schemathesis alone hardly gets past "unknown". The same answers must be described, on
each engine, also when a limit is reached and when Stripe refuses.
"""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from orders.access import COOKIE, access_token, handed_token
from orders.actions.hold import place_hold
from orders.models import Order
from orders.models.hold import HoldReason
from payments.subscriptions.look import look_at_subscription
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.fuzz.described import ask
from tests.fuzz.odd_input import bodies, mostly, objects, texts
from tests.payments.purchases import open_purchase
from tests.sandbox.billing.making import FAILS_LATER
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    charge_from_now_on,
    make_monthly_order,
    pass_a_period,
    subscribe,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/payments/"
EVERYDAY, BUSY, STRIPE_AWAY = "everyday", "limits are reached", "Stripe is away"
same_in_every_run = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),  # the fixtures last for all examples
)
# Stand for ids and tokens, which are others in every run.
ORDERS = ("<unpaid>", "<paying>", "<paid>", "<held>", "<late>")
INTENTS = ("<intent of paying>", "<intent of paid>")
TOKENS = ("<token of unpaid>", "<token of late>", "<handed token>")


@pytest.fixture(params=[EVERYDAY, BUSY, STRIPE_AWAY])
def known(
    request: pytest.FixtureRequest, sandbox: SandboxProcess, settings: Settings
) -> dict[str, str]:
    """What the names above stand for: one order in each state, and its secrets."""
    unpaid, held = make_order(), make_order()
    place_hold(held, reason=HoldReason.DISPUTE, about="dp_1", by="us")
    paying, paid = open_purchase(), open_purchase()
    sandbox.pay(str(paid.intent_id))
    late = _late_subscriber(sandbox)
    make_service(slug="integral-2", billing="month")
    settings.LIMITS_FACTOR = 0.1 if request.param == BUSY else 1000
    if request.param == STRIPE_AWAY:
        sandbox.fault("429", route="* /v1/*", count=100_000)
    return {
        "<unpaid>": str(unpaid.pk),
        "<held>": str(held.pk),
        "<paying>": str(paying.order_id),
        "<paid>": str(paid.order_id),
        "<late>": str(late.pk),
        "<intent of paying>": str(paying.intent_id),
        "<intent of paid>": str(paid.intent_id),
        "<token of unpaid>": access_token(unpaid),
        "<token of late>": access_token(late),
        "<handed token>": handed_token(unpaid),
        "<subscription>": str(late.subscriptions.get().pk),
        "<expert>": str(unpaid.expert_id),
    }


def _late_subscriber(sandbox: SandboxProcess) -> Order:
    clock = under_a_clock(sandbox)
    subscription = subscribe(sandbox, make_monthly_order())
    charge_from_now_on(sandbox, subscription, FAILS_LATER)
    pass_a_period(sandbox, clock, subscription)
    look_at_subscription(subscription, by="stripe")
    return subscription.first_order


def said(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def said_in(body: bytes, known: dict[str, str]) -> bytes:
    for name, value in known.items():
        body = body.replace(name.encode(), value.encode())
    return body


def carrying(
    token: str | None, known: dict[str, str], *, as_cookie: bool = False
) -> dict[str, dict[str, str]]:
    if token is None:
        return {}
    if as_cookie:
        return {"cookies": {COOKIE: said(token, known)}}
    return {"headers": {"Authorization": f"Bearer {said(token, known)}"}}


def quoted(text: str) -> str:
    """For an address; half of a surrogate pair becomes bytes that are no UTF-8."""
    return quote(text, safe="", errors="surrogatepass")


def one_of(*names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


odd_paths = texts.map(quoted)
tokens = mostly(
    one_of(*TOKENS), st.none() | one_of("<token of late>x", "a:b:c", "\xe9" * 99)
)


odd_orders = objects(
    orderId=one_of(*ORDERS),
    expertId=one_of("<expert>", "nobody"),
    productId=one_of("premium", "integral", "integral-2", "nothing"),
    amount=st.sampled_from((7900, 9700, 1)),
    metadata=objects(service=one_of("premium"), expertId=one_of("<expert>")),
    customerEmail=one_of("alice@example.org", "not an address"),
    description=texts,
)
orders_of_odd_people = st.fixed_dictionaries(
    {"productId": one_of("premium", "integral")},
    optional={
        "customerName": one_of("Zoé", "a\x00b", "\ud800", "\x85") | texts,
        "customerEmail": one_of("alice@example.org", "\xe9@\xe9.fr", "a\x00@b.fr"),
        "metadata": objects(userId=texts),
    },
)


@given(
    body=bodies(odd_orders | orders_of_odd_people),
    token=tokens,
    request_id=st.none() | one_of("one-request", "\xe9" * 9, "x" * 3_000),
)
@settings(same_in_every_run, max_examples=150)
def test_an_intent_is_asked_for(
    known: dict[str, str], body: bytes, token: str | None, request_id: str | None
) -> None:
    headers = {"X-Request-Id": request_id} if request_id else {}
    if token:
        headers["Authorization"] = f"Bearer {said(token, known)}"

    ask(
        "POST",
        f"{API}create-payment-intent",
        body=said_in(body, known),
        headers=headers,
    )


@given(body=bodies(objects(paymentIntentId=one_of(*INTENTS))))
@same_in_every_run
def test_a_payment_is_confirmed(known: dict[str, str], body: bytes) -> None:
    ask("POST", f"{API}confirm-payment", body=said_in(body, known))


@given(path=mostly(one_of(*ORDERS), odd_paths))
@same_in_every_run
def test_an_order_is_looked_at(known: dict[str, str], path: str) -> None:
    ids = {"order_id": said(path, known)}

    ask("GET", f"{API}order/{{order_id}}", path_parameters=ids)


@given(token=tokens, as_cookie=st.booleans())
@same_in_every_run
def test_orders_are_listed(
    known: dict[str, str], token: str | None, as_cookie: bool
) -> None:
    ask("GET", f"{API}orders", **carrying(token, known, as_cookie=as_cookie))


@given(
    what=one_of("card", "open-invoice"),
    path=mostly(one_of("<subscription>"), odd_paths),
    token=tokens,
)
@same_in_every_run
def test_a_subscriber_wants_to_change_a_card_or_to_pay(
    known: dict[str, str], what: str, path: str, token: str | None
) -> None:
    address = f"{API}subscriptions/{{subscription_id}}/{what}"
    ids = {"subscription_id": said(path, known)}

    ask("POST", address, path_parameters=ids, **carrying(token, known))
