"""Faults, webhooks, the clock, cards and the reset, by hand."""

import pytest
import stripe
from playwright.sync_api import expect

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.panel.person import Panel
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess


def test_a_fault_is_armed_strikes_and_is_forgotten(api: Api, panel: Panel) -> None:
    panel.open("faults")
    panel.see("None. Everything works as it should.")
    panel.page.get_by_role("button", name="503, come back later").click()
    panel.press("Arm it")
    panel.is_told("Armed: 503, come back later.")
    panel.see("strikes the next one")

    with pytest.raises(stripe.APIError):
        make_intent(api)

    panel.see("has struck")
    panel.press("Forget")
    panel.see("None. Everything works as it should.")


def test_a_fault_of_an_event_can_be_told_more(
    sandbox: SandboxProcess, panel: Panel
) -> None:
    panel.open("faults")

    panel.page.get_by_role("button", name="All at once").click()
    panel.page.get_by_label("Copies").fill("4")
    panel.page.get_by_label("Events of type").fill("charge.*")
    panel.press("Arm it")

    panel.is_told("Armed")
    [rule] = sandbox.control("GET", "faults")
    assert (rule["fault"], rule["event"]) == ("concurrent", "charge.*")
    assert rule["options"] == {"copies": 4}


def test_webhooks_are_held_back_and_let_go(
    api: Api, sandbox: SandboxProcess, shop: Receiver, panel: Panel
) -> None:
    panel.open("webhooks")
    panel.page.get_by_role("switch").first.click()
    panel.is_told("Webhooks are held back.")
    make_intent(api)
    panel.see("Send what was held (1 event)")
    nobody_heard = list(shop.types)

    panel.press("Send what was held (1 event)")

    panel.is_told("What was held is on its way.")
    sandbox.wait_until_idle()
    assert nobody_heard == []
    assert shop.types == ["payment_intent.created"]


def test_endpoints_are_added_and_removed(
    sandbox: SandboxProcess, shop: Receiver, panel: Panel
) -> None:
    panel.open("webhooks")
    panel.press("Add an endpoint…")
    panel.page.get_by_label("Address").fill("http://127.0.0.1:9/other")
    panel.page.get_by_label("Signing secret").fill("whsec_other")
    panel.press("Add it")
    panel.is_told("The endpoint is added.")
    urls = [item["url"] for item in sandbox.control("GET", "endpoints")]

    panel.press(f"Remove {shop.url}")

    panel.is_told("The endpoint is removed.")
    [left] = sandbox.control("GET", "endpoints")
    assert urls == [shop.url, "http://127.0.0.1:9/other"]
    assert left["secrets"] == ["whsec_other"]


def test_the_clock_moves_on_and_what_falls_due_happens(
    api: Api, sandbox: SandboxProcess, panel: Panel
) -> None:
    intent = make_paid_intent(api, "pm_card_pendingRefund")
    refund = api.refunds.create({"payment_intent": intent.id})
    panel.open("activity")
    panel.see("refund settle")

    panel.press("Move the clock on by one hour")

    panel.is_told("It is one hour later.")
    assert api.refunds.retrieve(refund.id).status == "succeeded"
    assert 3599 < sandbox.control("GET", "clock")["offset_s"] < 3601


def test_a_month_is_a_calendar_month(sandbox: SandboxProcess, panel: Panel) -> None:
    panel.open("activity")

    panel.press("Move the clock on by one month")

    panel.is_told("It is one month later.")
    days = sandbox.control("GET", "clock")["offset_s"] / 86400
    assert 27.9 < days < 31.1


def test_everything_is_forgotten_only_after_asking(api: Api, panel: Panel) -> None:
    make_intent(api)
    panel.open("activity")
    panel.press("Reset")
    panel.press("Keep it")
    kept = len(api.payment_intents.list().data)

    panel.press("Reset")
    panel.press("Forget everything")

    panel.is_told("Everything is forgotten.")
    assert kept == 1
    assert api.payment_intents.list().data == []


def test_a_test_card_is_copied(panel: Panel) -> None:
    panel.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.open("cards")

    panel.press("Copy 4000000000009995")

    panel.is_told("Copied 4000000000009995")
    pasted = panel.page.evaluate("navigator.clipboard.readText()")
    assert pasted == "4000000000009995"


@pytest.mark.parametrize(
    "section", ["activity", "objects", "faults", "webhooks", "cards"]
)
def test_nothing_sticks_out_on_a_phone(api: Api, panel: Panel, section: str) -> None:
    make_paid_intent(api, description="Un tirage en croix, très détaillé, à distance")
    panel.page.set_viewport_size({"width": 390, "height": 844})

    panel.open(section)

    expect(panel.page.get_by_role("heading", level=1)).to_be_visible()
    wide = panel.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_on_a_phone_a_detail_takes_the_place_of_the_list(
    api: Api, panel: Panel
) -> None:
    intent = make_intent(api)
    panel.page.set_viewport_size({"width": 390, "height": 844})
    panel.open("objects")

    panel.page.get_by_role("link", name=intent.id).click()
    expect(panel.detail).to_contain_text("€79.00")
    expect(panel.page.get_by_role("heading", name="Objects")).to_be_hidden()
    panel.page.get_by_role("link", name="Close").click()

    expect(panel.page.get_by_role("heading", name="Objects")).to_be_visible()
