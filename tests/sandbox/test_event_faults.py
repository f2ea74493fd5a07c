"""Faults of webhooks: everything that Stripe or the net may do to an event."""

import pytest
import stripe

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.receiver import Delivered, Receiver
from tests.sandbox_process import WEBHOOK_SECRET, SandboxProcess

SUCCEEDED = "payment_intent.succeeded"


def believed(delivered: Delivered) -> bool:
    """Whether the SDK believes the signature, with Stripe's five minutes."""
    try:
        stripe.Webhook.construct_event(
            delivered.body, delivered.signature, WEBHOOK_SECRET
        )
    except stripe.SignatureVerificationError:
        return False
    return True


def pay_with(fault: str, api: Api, sandbox: SandboxProcess) -> str:
    """Pay while this fault strikes the event of success; the intent's id."""
    sandbox.fault(fault, event=SUCCEEDED)
    intent = make_paid_intent(api)
    sandbox.wait_until_idle()
    return str(intent.id)


def test_drop_never_sends_it(api: Api, sandbox: SandboxProcess, shop: Receiver) -> None:
    pay_with("drop", api, sandbox)
    sandbox.advance(3600)
    sandbox.wait_until_idle()

    [missed] = api.events.list({"delivery_success": False}).data
    assert SUCCEEDED not in shop.types
    assert missed.type == SUCCEEDED


def test_double_same_id_sends_one_event_twice(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("double_same_id", api, sandbox)

    first, second = shop.of(SUCCEEDED)
    assert first.body == second.body
    assert len(sandbox.events(type=SUCCEEDED)) == 1


def test_double_new_id_tells_one_change_as_two_events(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("double_new_id", api, sandbox)

    first, second = (delivered.event for delivered in shop.of(SUCCEEDED))
    assert first["id"] != second["id"]
    assert first["data"] == second["data"]


def test_reorder_lets_the_next_event_overtake(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("reorder", event="payment_intent.created")

    make_paid_intent(api)
    sandbox.wait_until_idle()

    assert shop.types.index("payment_intent.created") > 0
    assert len(shop.types) == 4


def test_reorder_with_nothing_behind_it_still_arrives(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("reorder", event="payment_intent.created")

    make_intent(api)
    sandbox.wait_until_idle()
    before = list(shop.types)
    sandbox.advance(6)
    sandbox.wait_until_idle()

    assert before == []
    assert shop.types == ["payment_intent.created"]


def test_delay_keeps_it_back(api: Api, sandbox: SandboxProcess, shop: Receiver) -> None:
    sandbox.fault("delay", event=SUCCEEDED, seconds=60)
    make_paid_intent(api)
    sandbox.wait_until_idle()
    before = list(shop.types)

    sandbox.advance(61)
    sandbox.wait_until_idle()

    assert SUCCEEDED not in before
    assert shop.types[-1] == SUCCEEDED


def test_before_answer_tells_the_shop_before_the_caller(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("before_answer", event="payment_intent.created")

    make_intent(api)

    assert shop.types == ["payment_intent.created"]


def test_concurrent_sends_copies_at_the_same_moment(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("concurrent", event="payment_intent.created", copies=3)
    shop.gate.clear()
    make_intent(api)

    while shop.at_once < 3:
        sandbox.control("GET", "wait", timeout_s=0.01)
    shop.gate.set()
    sandbox.wait_until_idle()

    assert shop.most_at_once == 3
    assert len({delivered.body for delivered in shop.delivered}) == 1


@pytest.mark.parametrize("fault", ["old_signature", "wrong_secret"])
def test_a_signature_that_must_not_be_believed(
    api: Api, sandbox: SandboxProcess, shop: Receiver, fault: str
) -> None:
    sandbox.fault(fault, event="payment_intent.created")
    shop.answers = [400]
    make_intent(api)
    sandbox.wait_until_idle()

    sandbox.advance(1)
    sandbox.wait_until_idle()

    forged, sound = shop.delivered
    assert not believed(forged)
    assert believed(sound)


def test_an_old_signature_is_right_but_too_old(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("old_signature", api, sandbox)

    [delivered] = shop.of(SUCCEEDED)
    event = stripe.Webhook.construct_event(
        delivered.body, delivered.signature, WEBHOOK_SECRET, tolerance=0
    )
    assert event.type == SUCCEEDED


def test_two_signatures_of_which_the_second_is_ours(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("two_signatures", api, sandbox)

    [delivered] = shop.of(SUCCEEDED)
    assert delivered.signature.count("v1=") == 2
    assert believed(delivered)


def test_livemode_comes_from_the_wrong_world(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("livemode", api, sandbox)

    [delivered] = shop.of(SUCCEEDED)
    assert delivered.event["livemode"] is True
    assert delivered.event["data"]["object"]["livemode"] is True
    assert believed(delivered)


def test_an_old_api_version_comes_from_an_endpoint_nobody_updated(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("old_api_version", api, sandbox)

    [delivered] = shop.of(SUCCEEDED)
    assert delivered.event["api_version"] == "2022-11-15"


def test_an_unknown_type_takes_the_place_of_the_known_one(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    pay_with("unknown_type", api, sandbox)

    assert SUCCEEDED not in shop.types
    assert f"{SUCCEEDED}.unheard_of" in shop.types


def test_an_unknown_intent_belongs_to_somebody_else(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    intent_id = pay_with("unknown_intent", api, sandbox)

    [delivered] = shop.of(SUCCEEDED)
    stranger = delivered.event["data"]["object"]["id"]
    assert stranger.startswith("pi_")
    assert stranger != intent_id


def test_a_fault_strikes_the_nth_event_of_a_pattern(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.fault("drop", event="payment_intent.*", nth=2)

    make_paid_intent(api)
    sandbox.wait_until_idle()

    assert shop.types == [
        "payment_intent.created",
        "charge.succeeded",
        "charge.updated",
    ]


def test_faults_add_up(api: Api, sandbox: SandboxProcess, shop: Receiver) -> None:
    sandbox.fault("livemode", event="payment_intent.created")
    sandbox.fault("double_same_id", event="payment_intent.created")

    make_intent(api)
    sandbox.wait_until_idle()

    assert [delivered.event["livemode"] for delivered in shop.delivered] == [True, True]
