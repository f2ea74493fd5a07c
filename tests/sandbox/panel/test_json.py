"""The JSON behind the panel: the overview, the stories, the dashboard's hand."""

import urllib.error
import urllib.request

import pytest

from payments.sandbox.cards import CARDS
from payments.sandbox.faults.rules import CALL_FAULTS, EVENT_FAULTS
from payments.sandbox.panel.fault_words import CALL_FAULT_WORDS, EVENT_FAULT_WORDS
from tests.sandbox.making import Api, make_customer, make_intent, make_paid_intent
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess, SandboxRefused


def test_every_fault_is_explained_in_words() -> None:
    assert set(CALL_FAULT_WORDS) == CALL_FAULTS
    assert set(EVENT_FAULT_WORDS) == EVENT_FAULTS


def test_every_card_is_shown_with_what_it_does(sandbox: SandboxProcess) -> None:
    cards = sandbox.control("GET", "facts")["cards"]

    shown = {card["number"]: card for card in cards}
    assert set(CARDS) <= set(shown)
    assert shown["4000000000009995"]["does"] == "card_declined / insufficient_funds"
    assert shown["4000008260003178"]["group"] == "3-D Secure"
    assert shown["4000000000000259"]["group"] == "After the payment"
    assert shown["4000000000000341"]["does"].endswith("when charged")


def test_the_overview_is_sent_again_only_when_something_happened(
    api: Api, sandbox: SandboxProcess
) -> None:
    address = f"{sandbox.url}/_/api/overview"
    with urllib.request.urlopen(address) as answer:
        tag = answer.headers["ETag"]
    again = urllib.request.Request(address, headers={"If-None-Match": tag})

    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(again)
    make_intent(api)
    with urllib.request.urlopen(again) as answer:
        changed = answer.status

    unchanged.value.close()
    assert unchanged.value.code == 304
    assert changed == 200


def test_a_call_in_the_overview_names_what_it_was_about(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)
    with pytest.raises(Exception, match="declined"):
        api.payment_intents.confirm(
            intent.id, {"payment_method": "pm_card_chargeDeclined"}
        )

    made, refused = sandbox.control("GET", "overview")["calls"]
    assert made["about"] == refused["about"] == intent.id
    assert (refused["status"], refused["error"]) == (402, "generic_decline")


def test_events_stand_in_the_order_in_which_they_happened(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id)
    api.refunds.create({"payment_intent": intent.id})
    sandbox.wait_until_idle()

    events = sandbox.control("GET", "overview")["events"]
    times = [event["at"] for event in events]
    assert times == sorted(times)
    assert [event["type"] for event in events] == [
        event["type"] for event in sandbox.events()
    ]


def test_a_story_holds_what_is_around_a_payment(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    intent = make_paid_intent(api, customer=customer.id)
    refund = api.refunds.create({"payment_intent": intent.id})
    make_paid_intent(api)

    story = sandbox.control("GET", f"objects/{intent.id}")

    around = {thing["id"] for thing in story["around"]}
    assert {customer.id, intent.latest_charge, refund.id} <= around
    assert intent.id not in around
    assert [call["path"] for call in story["calls"]] == [
        "/v1/payment_intents",
        "/v1/refunds",
    ]
    assert "charge.refunded" in [event["type"] for event in story["events"]]


def test_a_charge_that_went_back_in_part_says_so(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api)
    api.refunds.create({"payment_intent": intent.id, "amount": 100})

    [charge] = sandbox.control("GET", "summaries", kind="charge")

    assert charge["title"] == "visa ·· 4242"
    assert charge["status"] == "partly refunded"


def test_every_kind_of_object_has_a_line(api: Api, sandbox: SandboxProcess) -> None:
    customer = make_customer(api)
    make_paid_intent(api, "pm_card_createIssuerFraudRecord", customer=customer.id)
    make_paid_intent(api, "pm_card_createDispute")
    make_paid_intent(api, capture_method="manual")
    product = api.products.create({"name": "Cercle"})
    monthly = {"interval": "month"}
    api.prices.create(
        {
            "product": product.id,
            "unit_amount": 1900,
            "currency": "eur",
            "recurring": monthly,
        }
    )
    counts = sandbox.control("GET", "objects")

    for kind, count in counts.items():
        assert len(sandbox.control("GET", "summaries", kind=kind)) == count


def test_the_dashboards_hand_leaves_no_call(api: Api, sandbox: SandboxProcess) -> None:
    held = make_paid_intent(api, capture_method="manual")
    before = sandbox.requests()

    made = sandbox.control(
        "POST",
        "dashboard",
        method="POST",
        path=f"/v1/payment_intents/{held.id}/capture",
        params={"amount_to_capture": 5000},
    )

    [event] = sandbox.events(type="charge.captured")
    assert made["amount_received"] == 5000
    assert event["request"] == {"id": None, "idempotency_key": None}
    assert sandbox.requests() == before


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"path": "/v1/nothing"}, "Unrecognized request URL"),
        ({"path": "/v1/customers", "params": {"shoe": 43}}, "Received unknown param"),
        ({"path": "/v1/customers", "params": ["shoe"]}, "params is an object"),
    ],
)
def test_the_dashboards_hand_is_told_what_it_cannot_do(
    sandbox: SandboxProcess, asked: dict[str, object], problem: str
) -> None:
    with pytest.raises(SandboxRefused, match=problem):
        sandbox.control("POST", "dashboard", **asked)


def test_one_fault_of_several_is_forgotten(sandbox: SandboxProcess) -> None:
    sandbox.fault("503", route="POST /v1/refunds")
    sandbox.fault("drop", event="*")
    first, second = sandbox.control("GET", "faults")

    left = sandbox.control("DELETE", "faults", id=first["id"])

    assert left == [second]


@pytest.mark.parametrize("path", ["/_/panel/js/nothing.js", "/_/panel/../page.py"])
def test_only_the_panels_own_files_are_served(
    sandbox: SandboxProcess, path: str
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(f"{sandbox.url}{path}")

    refusal.value.close()
    assert refusal.value.code == 404
