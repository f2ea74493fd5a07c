"""Faults of API calls: what the caller sees, and whether the effect is there."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
import stripe

from tests.sandbox.making import Api, make_intent
from tests.sandbox.raw_calls import BEARER, RawApi
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SECRET_KEY, SandboxProcess

ROUTE = "POST /v1/payment_intents"
PATH = "/v1/payment_intents"
INTENT = {"amount": "7900", "currency": "eur"}
KEYED = {**BEARER, "Idempotency-Key": "k1"}


def effects(api: Api) -> int:
    """How many intents there are."""
    return len(api.payment_intents.list().data)


def test_reset_before_breaks_the_connection_and_does_nothing(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("reset_before", route=ROUTE)

    with pytest.raises(ConnectionResetError) as problem:
        raw.post(PATH, **INTENT)

    # Not RemoteDisconnected, which is an orderly end.
    assert problem.type is ConnectionResetError
    assert effects(api) == 0


def test_reset_after_breaks_the_connection_and_the_effect_is_there(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("reset_after", route=ROUTE)

    with pytest.raises(ConnectionResetError) as problem:
        raw.post(PATH, **INTENT)

    assert problem.type is ConnectionResetError
    assert effects(api) == 1


@pytest.mark.parametrize(
    ("fault", "made"), [("timeout_before", 0), ("timeout_after", 1)]
)
def test_a_timeout_says_nothing_until_the_caller_gives_up(
    api: Api, raw: RawApi, sandbox: SandboxProcess, fault: str, made: int
) -> None:
    sandbox.fault(fault, route=ROUTE)

    with pytest.raises(TimeoutError):
        raw.call("POST", PATH, INTENT, timeout_s=0.3)

    assert effects(api) == made


@pytest.mark.parametrize("fault", ["timeout_before", "timeout_after"])
def test_a_timeout_may_end_by_hanging_up(
    raw: RawApi, sandbox: SandboxProcess, fault: str
) -> None:
    sandbox.fault(fault, route=ROUTE, seconds=0.1)

    with pytest.raises(http.client.RemoteDisconnected):
        raw.post(PATH, **INTENT)


def test_a_held_call_ends_when_the_caller_goes_away(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("timeout_before", route=ROUTE)
    with pytest.raises(TimeoutError):
        raw.call("POST", PATH, INTENT, timeout_s=0.1)

    def is_over() -> bool:
        [call] = sandbox.requests(method="POST")
        return call["duration_ms"] is not None

    ends = time.monotonic() + 5
    while not is_over():
        assert time.monotonic() < ends


def test_truncated_after_promises_more_than_it_sends(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("truncated_after", route=ROUTE)

    with pytest.raises(http.client.IncompleteRead):
        raw.post(PATH, **INTENT)

    assert effects(api) == 1


@pytest.mark.parametrize(
    ("fault", "status", "made"),
    [
        ("429", 429, 0),
        ("500", 500, 0),
        ("500_after", 500, 1),
        ("503", 503, 0),
        ("conflict", 409, 0),
    ],
)
def test_an_error_answer_with_or_without_its_effect(
    api: Api,
    raw: RawApi,
    sandbox: SandboxProcess,
    fault: str,
    status: int,
    made: int,
) -> None:
    sandbox.fault(fault, route=ROUTE)

    answer = raw.post(PATH, **INTENT)

    assert answer.status == status
    assert answer.error["type"] in (
        "api_error",
        "invalid_request_error",
        "idempotency_error",
    )
    assert effects(api) == made


def test_a_500_after_the_effect_stays_a_500_for_its_key(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("500_after", route=ROUTE)

    first = raw.call("POST", PATH, INTENT, headers=KEYED)
    again = raw.call("POST", PATH, INTENT, headers=KEYED)

    assert (first.status, again.status) == (500, 500)
    assert effects(api) == 1


def test_a_503_is_gone_when_the_call_is_repeated(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("503", route=ROUTE)

    first = raw.call("POST", PATH, INTENT, headers=KEYED)
    again = raw.call("POST", PATH, INTENT, headers=KEYED)

    assert (first.status, again.status) == (503, 200)


@pytest.mark.parametrize("after", ["reset_after", "timeout_after", "truncated_after"])
def test_what_was_lost_on_the_way_is_found_with_the_same_key(
    api: Api, raw: RawApi, sandbox: SandboxProcess, after: str
) -> None:
    sandbox.fault(after, route=ROUTE, seconds=0.1)
    with pytest.raises((OSError, http.client.HTTPException)):
        raw.call("POST", PATH, INTENT, headers=KEYED)

    again = raw.call("POST", PATH, INTENT, headers=KEYED)

    assert again.headers["Idempotent-Replayed"] == "true"
    assert effects(api) == 1


def test_slow_takes_its_time_and_then_works(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("slow", route=ROUTE, seconds=0.3)

    answer = raw.post(PATH, **INTENT)

    [call] = sandbox.requests(method="POST")
    assert answer.status == 200
    assert call["duration_ms"] >= 300


def test_one_slow_call_does_not_hold_up_another(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("timeout_before", route=ROUTE)

    with hold_call(sandbox):
        answer = raw.get("/v1/customers")

    assert answer.status == 200


@pytest.mark.parametrize("status", [502, 200])
def test_html_is_not_what_the_sdk_expects(
    api: Api, sandbox: SandboxProcess, status: int
) -> None:
    sandbox.fault("html", route=ROUTE, status=status)

    with pytest.raises(stripe.APIError) as refusal:
        make_intent(api)

    assert "Invalid response body from API" in str(refusal.value)
    assert effects(api) == 0


def test_a_429_may_tell_the_sdk_to_try_again(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("429", route=ROUTE, should_retry=True)

    answer = raw.post(PATH, **INTENT)

    assert answer.headers["Stripe-Should-Retry"] == "true"
    assert answer.error["code"] == "rate_limit"


def test_events_go_out_although_the_caller_never_heard(
    api: Api, raw: RawApi, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("reset_after", route=ROUTE)

    with pytest.raises(ConnectionResetError):
        raw.post(PATH, **INTENT)
    sandbox.wait_until_idle()

    assert shop.types == ["payment_intent.created"]


def test_events_go_out_while_the_caller_still_waits(
    sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("timeout_after", route=ROUTE)

    with hold_call(sandbox):
        while not sandbox.events():
            sandbox.control("GET", "wait", timeout_s=0.01)
        sandbox.wait_until_idle(timeout_s=3)
        arrived = list(shop.types)

    assert arrived == ["payment_intent.created"]


def test_the_sdk_repeats_by_itself_and_makes_one_intent(
    sandbox: SandboxProcess,
) -> None:
    client = stripe.StripeClient(
        SECRET_KEY, base_addresses={"api": sandbox.url}, max_network_retries=2
    )
    sandbox.fault("reset_after", route=ROUTE)

    make_intent(client.v1)

    assert effects(client.v1) == 1


@contextmanager
def hold_call(sandbox: SandboxProcess) -> Iterator[None]:
    """A call that is sent, and whose answer nobody reads yet."""
    host, _, port = sandbox.url.removeprefix("http://").partition(":")
    body = urlencode(INTENT)
    head = [
        f"POST {PATH} HTTP/1.1",
        f"Host: {host}",
        f"Authorization: {BEARER['Authorization']}",
        f"Content-Length: {len(body)}",
    ]
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        yield
