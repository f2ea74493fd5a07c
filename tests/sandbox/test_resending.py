"""An event is sent again while it is still on its way."""

from tests.sandbox.making import Api, make_intent
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess


def test_what_is_on_its_way_is_sent_once_more_and_others_still_go_out(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    shop.gate.clear()
    make_intent(api)
    while shop.at_once < 1:
        sandbox.control("GET", "wait", timeout_s=0.01)
    [event] = sandbox.events()

    sandbox.control("POST", f"deliveries/{event['id']}/resend")
    shop.gate.set()
    sandbox.wait_until_idle()
    make_intent(api)
    sandbox.wait_until_idle()

    sent = [delivered.event["id"] for delivered in shop.delivered]
    assert sent[:2] == [event["id"]] * 2
    assert len(sent) == 3
    assert sandbox.events()[0]["pending_webhooks"] == 0
