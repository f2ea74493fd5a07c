"""The JSON controls: journal, clock, reset, and their refusals."""

from typing import Any

import pytest

from tests.sandbox.making import Api, make_intent
from tests.sandbox.raw_calls import RawApi
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess, SandboxRefused


def test_the_journal_tells_what_came_in_and_what_went_out(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api, metadata={"orderId": "7"})
    api.payment_intents.retrieve(intent.id)

    made, read = sandbox.requests()
    assert (made["method"], made["path"]) == ("POST", "/v1/payment_intents")
    assert made["params"]["metadata"] == {"orderId": "7"}
    assert made["status"] == 200
    assert made["response"]["id"] == intent.id
    assert made["idempotency_key"]
    assert made["duration_ms"] > 0
    assert read["method"] == "GET"
    assert sandbox.requests(method="GET") == [read]


def test_the_journal_shows_the_key_that_the_caller_chose(
    api: Api, sandbox: SandboxProcess
) -> None:
    api.customers.create({}, {"idempotency_key": "oracle-lumira-1"})
    api.customers.create({}, {"idempotency_key": "oracle-lumira-1"})

    calls = sandbox.requests()
    assert [call["idempotency_key"] for call in calls] == ["oracle-lumira-1"] * 2
    assert [call["replayed"] for call in calls] == [False, True]


def test_a_secret_key_never_shows(api: Api, sandbox: SandboxProcess) -> None:
    make_intent(api)

    assert "sk_test" not in str(sandbox.requests())


def test_the_clock_moves_everything_on(api: Api, sandbox: SandboxProcess) -> None:
    before = make_intent(api)

    sandbox.advance(3600)

    after = make_intent(api)
    assert after.created - before.created in (3600, 3601, 3602)


def test_the_clock_stops_at_each_thing_that_falls_due(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api, capture_method="manual")
    sandbox.pay(intent.id)

    sandbox.advance(30 * 24 * 3600)

    [expired] = sandbox.events(type="charge.expired")
    week = 7 * 24 * 3600
    assert expired["created"] - intent.created in range(week, week + 5)


def test_the_clock_shows_what_is_still_to_come(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api, capture_method="manual")
    sandbox.pay(intent.id)

    [timer] = sandbox.control("GET", "clock")["timers"]

    assert timer["name"] == "intent.expire_capture"


def test_all_objects_can_be_looked_at(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)

    counted = sandbox.control("GET", "objects")
    shown = sandbox.control("GET", "objects", kind="payment_intent")

    assert counted == {"event": 1, "payment_intent": 1}
    assert [item["id"] for item in shown] == [intent.id]


def test_reset_forgets_everything(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    make_intent(api)
    sandbox.fault("503", route="POST /v1/customers")
    sandbox.advance(3600)

    sandbox.reset()

    assert sandbox.requests() == []
    assert sandbox.events() == []
    assert sandbox.deliveries() == []
    assert sandbox.control("GET", "faults") == []
    assert sandbox.control("GET", "endpoints") == []
    assert sandbox.control("GET", "clock")["offset_s"] == 0
    assert api.payment_intents.list().data == []


def test_reset_may_keep_the_endpoints(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.reset(keep_endpoints=True)
    make_intent(api)
    sandbox.wait_until_idle()

    assert len(shop.delivered) == 1


def test_a_reset_leaves_nothing_that_still_arrives(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.answers = [500]
    make_intent(api)
    sandbox.wait_until_idle()

    sandbox.reset()
    sandbox.advance(60)
    sandbox.wait_until_idle()

    assert len(shop.delivered) == 1


@pytest.mark.parametrize(
    ("path", "asked", "words"),
    [
        ("faults", {"fault": "503"}, "either a route or an event"),
        ("faults", {"fault": "earthquake", "route": "*"}, "Known faults here"),
        ("faults", {"fault": "503", "route": "*", "colour": 1}, "Known options"),
        ("clock", {"advance_s": -1}, "advance_s"),
        ("webhooks", {"speed": 3}, "Known settings"),
        ("webhooks", {"workers": 99}, "workers"),
        ("endpoints", {}, "Give"),
        ("events", {"type": "x"}, "Give"),
        ("deliveries/evt_nobody/resend", {}, "no event"),
        ("payment_methods", {"enabled": ["gold"]}, "card"),
        ("payment_intents/pi_nobody/pay", {}, "No such payment_intent"),
        ("payment_intents/pi_x/pay", {"three_d_secure": "maybe"}, "three_d_secure"),
        ("charges/ch_nobody/refund", {}, "No such charge"),
    ],
)
def test_a_control_says_what_it_cannot_do(
    sandbox: SandboxProcess, path: str, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(SandboxRefused, match=words):
        sandbox.control("POST", path, **asked)


def test_a_control_wants_its_method(sandbox: SandboxProcess) -> None:
    with pytest.raises(SandboxRefused, match="GET is not for this address"):
        sandbox.control("GET", "reset")


def test_a_control_wants_json(raw: RawApi) -> None:
    answer = raw.call("POST", "/_/api/faults?x", None, headers={})

    assert answer.status == 400


def test_waiting_ends_in_time_when_something_never_ends(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.gate.clear()
    make_intent(api)

    with pytest.raises(TimeoutError):
        sandbox.wait_until_idle(timeout_s=0.2)

    shop.gate.set()
    sandbox.wait_until_idle()
