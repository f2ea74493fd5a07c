"""Webhooks: signed, frozen, retried, switched off, sent again."""

import stripe

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import WEBHOOK_SECRET, SandboxProcess


def test_a_webhook_is_signed_so_that_the_sdk_believes_it(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    intent = make_intent(api)
    sandbox.wait_until_idle()

    [delivered] = shop.delivered
    event = stripe.Webhook.construct_event(
        delivered.body, delivered.signature, WEBHOOK_SECRET
    )
    assert event.type == "payment_intent.created"
    assert event.data.object["id"] == intent.id
    assert delivered.headers["Content-Type"].startswith("application/json")
    assert delivered.headers["User-Agent"].startswith("Stripe/1.0")


def test_events_arrive_in_order_without_faults(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    make_paid_intent(api)
    sandbox.wait_until_idle()

    assert shop.types == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
    ]


def test_an_endpoint_gets_only_what_it_asked_for(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.endpoints({"url": shop.url, "enabled_events": ["charge.succeeded"]})

    make_paid_intent(api)
    sandbox.wait_until_idle()

    assert shop.types == ["charge.succeeded"]


def test_every_endpoint_gets_each_event(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.endpoints({"url": shop.url}, {"url": f"{shop.url}/second"})

    make_intent(api)
    sandbox.wait_until_idle()

    first, second = shop.delivered
    assert first.event["id"] == second.event["id"]
    assert first.event["pending_webhooks"] == 2


def test_while_a_secret_is_rolled_both_sign(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.endpoints({"url": shop.url, "secrets": ["whsec_new", "whsec_old"]})

    make_intent(api)
    sandbox.wait_until_idle()

    [delivered] = shop.delivered
    assert delivered.signature.count("v1=") == 2
    for secret in ("whsec_new", "whsec_old"):
        stripe.Webhook.construct_event(delivered.body, delivered.signature, secret)


def test_what_is_not_accepted_is_tried_again_with_the_same_bytes(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.answers = [500, 400]
    intent = make_intent(api)
    sandbox.wait_until_idle()
    api.payment_intents.update(intent.id, {"description": "changed meanwhile"})

    sandbox.advance(1)
    sandbox.wait_until_idle()
    sandbox.advance(2)
    sandbox.wait_until_idle()

    [delivery] = sandbox.deliveries()
    assert [attempt["status"] for attempt in delivery["attempts"]] == [500, 400, 200]
    assert delivery["state"] == "delivered"
    assert len({delivered.body for delivered in shop.delivered}) == 1


def test_each_attempt_is_signed_afresh(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.answers = [500]
    make_intent(api)
    sandbox.wait_until_idle()
    [delivery] = sandbox.deliveries()
    first = delivery["attempts"][0]["signature"]

    sandbox.advance(1)
    sandbox.wait_until_idle()

    for delivered in shop.delivered:
        stripe.Webhook.construct_event(
            delivered.body, delivered.signature, WEBHOOK_SECRET
        )
    assert shop.delivered[0].signature == first


def test_the_waits_double(api: Api, sandbox: SandboxProcess, shop: Receiver) -> None:
    shop.answers = [500] * 20
    make_intent(api)

    waits = []
    for _ in range(8):
        sandbox.wait_until_idle()
        now = sandbox.control("GET", "clock")["now"]
        [delivery] = sandbox.deliveries()
        waits.append(round(delivery["next_at"] - now))
        sandbox.advance(delivery["next_at"] - now + 0.01)

    assert [abs(got - due) <= 1 for got, due in zip(waits, SCHEDULE, strict=True)] == (
        [True] * 8
    )


SCHEDULE = [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_redirect_is_a_failure(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.answers = [302]
    sandbox.webhooks(True, first_wait_s=3600)  # so that the second try is not seen

    make_intent(api)
    sandbox.wait_until_idle()

    [delivery] = sandbox.deliveries()
    assert delivery["state"] == "waiting"
    assert len(shop.delivered) == 1


def test_a_shop_that_cannot_be_reached_is_tried_again(
    api: Api, sandbox: SandboxProcess
) -> None:
    sandbox.endpoints({"url": "http://127.0.0.1:9/nobody"})
    sandbox.webhooks(True, first_wait_s=3600)

    make_intent(api)
    sandbox.wait_until_idle()

    [delivery] = sandbox.deliveries()
    [attempt] = delivery["attempts"]
    assert (attempt["status"], delivery["state"]) == (None, "waiting")
    assert "ConnectionRefused" in attempt["error"]


def test_after_long_enough_it_gives_up(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.webhooks(True, max_attempts=2)
    shop.answers = [500, 500]
    make_intent(api)
    sandbox.wait_until_idle()

    sandbox.advance(1)
    sandbox.wait_until_idle()

    [delivery] = sandbox.deliveries()
    [event] = api.events.list().data
    assert delivery["state"] == "failed"
    assert event.pending_webhooks == 1


def test_one_bad_event_does_not_hold_up_the_next(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.answers = [500]

    make_paid_intent(api)
    sandbox.wait_until_idle()

    assert "payment_intent.succeeded" in shop.types


def test_pending_webhooks_counts_who_has_not_accepted_yet(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.answers = [500]
    make_intent(api)
    sandbox.wait_until_idle()
    before = api.events.list().data[0].pending_webhooks

    sandbox.advance(1)
    sandbox.wait_until_idle()

    assert before == 1
    assert api.events.list().data[0].pending_webhooks == 0


def test_switched_off_nothing_goes_out_and_it_is_kept(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.webhooks(False)

    make_intent(api)
    sandbox.wait_until_idle()
    sandbox.webhooks(True)
    sandbox.advance(3600)
    sandbox.wait_until_idle()

    [delivery] = sandbox.deliveries()
    assert shop.delivered == []
    assert delivery["state"] == "held"
    assert api.events.list().data[0].pending_webhooks == 1


def test_what_was_held_can_be_let_go(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.webhooks(False)
    make_intent(api)

    sandbox.webhooks(True, send_held=True)
    sandbox.wait_until_idle()

    assert shop.types == ["payment_intent.created"]


def test_an_event_can_be_sent_again(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    make_intent(api)
    sandbox.wait_until_idle()
    [event] = sandbox.events()

    sandbox.control("POST", f"deliveries/{event['id']}/resend")
    sandbox.wait_until_idle()

    assert [delivered.event["id"] for delivered in shop.delivered] == [event["id"]] * 2
    assert sandbox.events()[0]["pending_webhooks"] == 0


def test_an_event_can_be_made_by_hand(sandbox: SandboxProcess, shop: Receiver) -> None:
    warning = {
        "id": "issfr_1",
        "object": "radar.early_fraud_warning",
        "actionable": True,
        "charge": "ch_stranger",
        "created": 1,
        "fraud_type": "misc",
        "livemode": False,
    }

    sandbox.control(
        "POST",
        "events",
        type="radar.early_fraud_warning.created",
        object=warning,
        livemode=True,
    )
    sandbox.wait_until_idle()

    [delivered] = shop.delivered
    assert delivered.event["livemode"] is True
    assert delivered.event["data"]["object"]["charge"] == "ch_stranger"


def test_by_default_the_answer_comes_before_the_events(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.gate.clear()

    intent = make_intent(api)

    shop.gate.set()
    sandbox.wait_until_idle()
    assert shop.delivered[0].event["data"]["object"]["id"] == intent.id


def test_several_may_be_sent_at_once_if_asked(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    sandbox.webhooks(True, workers=4)
    shop.gate.clear()
    make_paid_intent(api)

    while shop.at_once < 3:
        sandbox.control("GET", "wait", timeout_s=0.01)
    shop.gate.set()
    sandbox.wait_until_idle()

    assert shop.most_at_once >= 3
