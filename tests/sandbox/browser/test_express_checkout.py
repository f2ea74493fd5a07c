"""The Express Checkout Element: hidden where there is no wallet, or paying with one."""

from playwright.sync_api import FrameLocator, expect

from tests.sandbox.browser.checkout import Checkout

START = """
    ([secret, options]) => {
        stripe = Stripe("pk_test_shop");
        elements = stripe.elements({clientSecret: secret, locale: "fr"});
        const express = watch(elements.create("expressCheckout", options));
        express.on("confirm", async (event) => {
            seen.push({name: "confirm", wallet: event.expressPaymentType});
            await pay();
        });
        express.mount("#express");
    }
"""


def start(checkout: Checkout, *, script: str = "/stripe.js", **options: object) -> str:
    intent = checkout.intent()
    checkout.visit(script=script)
    checkout.evaluate(START, [intent.client_secret, options])
    return str(intent.id)


def buttons(checkout: Checkout) -> FrameLocator:
    return checkout.page.frame_locator("#express iframe")


def wallet(checkout: Checkout) -> FrameLocator:
    return checkout.page.frame_locator("dialog iframe")


def test_without_a_wallet_the_element_stays_hidden(checkout: Checkout) -> None:
    start(checkout)

    ready = checkout.wait_for("ready")

    assert ready.get("availablePaymentMethods") is None
    expect(buttons(checkout).get_by_role("button")).to_have_count(0)


def test_the_sandboxs_wallets_are_shown(checkout: Checkout) -> None:
    start(checkout, script="/stripe.js?wallets=google_pay,link")

    available = checkout.wait_for("ready")["availablePaymentMethods"]

    assert [name for name, shown in available.items() if shown] == ["googlePay", "link"]
    expect(buttons(checkout).get_by_role("button")).to_have_count(2)


def test_the_merchant_may_insist_or_decline(checkout: Checkout) -> None:
    start(
        checkout,
        script="/stripe.js?wallets=google_pay",
        paymentMethods={"applePay": "always", "googlePay": "never"},
    )

    available = checkout.wait_for("ready")["availablePaymentMethods"]

    assert [name for name, shown in available.items() if shown] == ["applePay"]


def test_a_wallet_pays(checkout: Checkout) -> None:
    intent_id = start(checkout, script="/stripe.js?wallets=google_pay")
    checkout.wait_for("ready")

    buttons(checkout).get_by_role("button", name="Payer avec Google Pay").click()
    expect(wallet(checkout).get_by_text("79,00 €")).to_be_visible()
    wallet(checkout).get_by_role("button", name="Payer").click()

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"
    assert checkout.outcome()["paymentIntent"]["id"] == intent_id
    assert checkout.wait_for("confirm")["wallet"] == "google_pay"


def test_a_wallet_that_is_dismissed_pays_nothing(checkout: Checkout) -> None:
    intent_id = start(checkout, script="/stripe.js?wallets=google_pay")
    checkout.wait_for("ready")

    buttons(checkout).get_by_role("button").click()
    wallet(checkout).get_by_role("button", name="Annuler").click()

    checkout.wait_for("cancel")
    intent = checkout.api.payment_intents.retrieve(intent_id)
    assert intent.status == "requires_payment_method"


def test_a_merchant_who_rejects_the_click_sees_no_wallet(checkout: Checkout) -> None:
    start(checkout, script="/stripe.js?wallets=google_pay")
    checkout.wait_for("ready")
    checkout.evaluate(
        """elements.getElement("expressCheckout").on("click", (event) => {
            seen.push({name: "click", wallet: event.expressPaymentType});
            event.reject();
        })"""
    )

    buttons(checkout).get_by_role("button").click()

    assert checkout.wait_for("click")["wallet"] == "google_pay"
    expect(checkout.page.locator("dialog")).to_have_count(0)


def test_confirming_outside_the_confirm_event_is_refused(checkout: Checkout) -> None:
    start(checkout, script="/stripe.js?wallets=google_pay")
    checkout.wait_for("ready")

    thrown = checkout.thrown_by("await pay()")

    assert 'was not called within the "confirm" event' in thrown
