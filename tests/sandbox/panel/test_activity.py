"""The panel tells what happened while one looks, and what went wrong on the way."""

import re

from playwright.sync_api import expect

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.panel.person import Panel
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess


def test_a_call_appears_by_itself_with_what_it_caused(api: Api, panel: Panel) -> None:
    panel.open("activity")
    panel.see("Nothing has happened yet.")

    make_intent(api)

    panel.see("POST /v1/payment_intents")
    panel.see("payment_intent.created")


def test_a_call_shows_what_was_asked_and_answered(api: Api, panel: Panel) -> None:
    intent = make_intent(api, metadata={"orderId": "order-7"})
    panel.open("activity")

    panel.page.get_by_role("link", name="POST /v1/payment_intents").click()

    expect(panel.detail).to_contain_text('"orderId": "order-7"')
    expect(panel.detail).to_contain_text(intent.client_secret)


def test_an_id_leads_to_its_object(api: Api, panel: Panel) -> None:
    intent = make_paid_intent(api)
    panel.open_thing(intent.id)

    panel.detail.get_by_role("link", name=f'"{intent.latest_charge}"').click()

    expect(panel.page).to_have_url(re.compile(intent.latest_charge))
    expect(panel.detail).to_contain_text("visa ·· 4242")


def test_a_shop_that_refuses_shows_with_the_next_try(
    api: Api, sandbox: SandboxProcess, shop: Receiver, panel: Panel
) -> None:
    sandbox.webhooks(True, first_wait_s=50)
    shop.answers = [500]
    make_intent(api)
    panel.open("activity")

    panel.see("answered 500, again in")

    panel.page.get_by_role("link", name="payment_intent.created").click()
    expect(panel.detail.get_by_role("table")).to_contain_text("500")


def test_an_event_is_sent_again(
    api: Api, sandbox: SandboxProcess, shop: Receiver, panel: Panel
) -> None:
    make_intent(api)
    sandbox.wait_until_idle()
    [event] = sandbox.events()
    panel.open("activity", event["id"])

    panel.press("Send it again")

    panel.is_told("On its way again.")
    sandbox.wait_until_idle()
    assert shop.types == ["payment_intent.created"] * 2


def test_problems_can_be_looked_at_alone(
    api: Api, sandbox: SandboxProcess, panel: Panel
) -> None:
    make_intent(api)
    sandbox.fault("503", route="POST /v1/customers")
    panel.page.request.post(
        f"{sandbox.url}/v1/customers",
        headers={"Authorization": "Bearer sk_test_lumira_sandbox"},
    )
    panel.open("activity")

    panel.press("Problems")

    panel.see("POST /v1/customers")
    expect(panel.page.get_by_text("POST /v1/payment_intents")).to_have_count(0)


def test_the_list_can_be_searched(api: Api, panel: Panel) -> None:
    wanted, other = make_intent(api), make_intent(api)
    api.payment_intents.retrieve(wanted.id)
    api.payment_intents.retrieve(other.id)
    panel.open("activity")

    panel.page.get_by_role("searchbox").fill(wanted.id)

    panel.see(f"GET /v1/payment_intents/{wanted.id}")
    expect(panel.page.get_by_text(other.id)).to_have_count(0)


def test_a_lost_sandbox_is_told(panel: Panel) -> None:
    panel.open("activity")
    panel.see("Nothing has happened yet.")

    panel.page.route("**/_/api/overview", lambda route: route.abort())

    panel.see("The sandbox does not answer.")
    panel.page.unroute("**/_/api/overview")
    expect(panel.page.get_by_role("alert")).to_be_hidden()
