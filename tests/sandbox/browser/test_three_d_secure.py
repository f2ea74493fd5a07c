"""The 3-D Secure dialog: authorise, refuse, close."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout

ALWAYS_ASKS = "4000002760003184"
FAILURE = "payment_intent_authentication_failure"


def begin(checkout: Checkout, number: str = ALWAYS_ASKS, **options: str) -> str:
    """Pay with a card whose bank asks, until the dialog is there; return the id."""
    intent = checkout.open()
    checkout.fill_card(number)
    checkout.begin_to_pay(**options)
    checkout.bank.get_by_role("heading").wait_for()
    return str(intent.id)


def press(checkout: Checkout, name: str) -> None:
    checkout.bank.get_by_role("button", name=name, exact=True).click()


def test_a_payment_that_the_person_authorises_succeeds(checkout: Checkout) -> None:
    intent_id = begin(checkout)
    expect(checkout.bank.get_by_text("79,00 €")).to_be_visible()

    press(checkout, "Autoriser le paiement")

    result = checkout.outcome()
    assert result["paymentIntent"]["id"] == intent_id
    assert result["paymentIntent"]["status"] == "succeeded"
    expect(checkout.page.locator("dialog")).to_have_count(0)


def test_a_payment_that_the_person_refuses_can_be_tried_again(
    checkout: Checkout,
) -> None:
    begin(checkout)

    press(checkout, "Refuser")

    error = checkout.outcome()["error"]
    assert error["code"] == FAILURE
    assert error["message"].startswith("Nous ne pouvons pas authentifier")
    assert error["payment_intent"]["status"] == "requires_payment_method"
    checkout.fill_card()
    assert checkout.pay()["paymentIntent"]["status"] == "succeeded"


@pytest.mark.parametrize("way", ["cross", "escape", "beside"])
def test_closing_the_dialog_fails_the_authentication_as_stripe_does(
    checkout: Checkout, way: str
) -> None:
    begin(checkout)

    if way == "cross":
        press(checkout, "Fermer")
    elif way == "escape":
        checkout.page.keyboard.press("Escape")
    else:
        checkout.page.mouse.click(5, 5)

    error = checkout.outcome()["error"]
    assert error["code"] == FAILURE
    assert error["payment_intent"]["status"] == "requires_payment_method"
    expect(checkout.page.locator("dialog")).to_have_count(0)


def test_a_page_that_is_left_during_the_dialog_leaves_the_action_open(
    checkout: Checkout,
) -> None:
    intent_id = begin(checkout)

    checkout.page.goto(checkout.shop)

    left = checkout.api.payment_intents.retrieve(intent_id)
    assert left.status == "requires_action"


def test_an_action_left_open_can_be_taken_up_again(checkout: Checkout) -> None:
    intent_id = begin(checkout)
    secret = checkout.api.payment_intents.retrieve(intent_id).client_secret
    checkout.visit()

    checkout.evaluate(
        """secret => {
            outcome = null;
            stripe = Stripe("pk_test_shop", {locale: "fr"});
            stripe.handleNextAction({clientSecret: secret}).then(r => { outcome = r });
        }""",
        secret,
    )
    press(checkout, "Autoriser le paiement")

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"


@pytest.mark.parametrize(
    ("number", "decline_code"),
    [
        ("4000008260003178", "insufficient_funds"),
        ("4000008400001629", "generic_decline"),
    ],
)
def test_a_bank_may_authenticate_and_still_decline(
    checkout: Checkout, number: str, decline_code: str
) -> None:
    begin(checkout, number)

    press(checkout, "Autoriser le paiement")

    error = checkout.outcome()["error"]
    assert (error["code"], error["decline_code"]) == ("card_declined", decline_code)
    assert error["payment_intent"]["status"] == "requires_payment_method"
    expect(checkout.form.locator("#Field-numberError")).not_to_be_empty()


def test_after_the_dialog_the_person_leaves_for_the_return_url(
    checkout: Checkout,
) -> None:
    intent_id = begin(checkout, redirect="always")

    press(checkout, "Autoriser le paiement")
    checkout.page.wait_for_url("**/retour?*")

    query = parse_qs(urlsplit(checkout.page.url).query)
    assert query["payment_intent"] == [intent_id]
    assert query["redirect_status"] == ["succeeded"]


def test_the_focus_stays_in_the_dialog_and_comes_back_after_it(
    checkout: Checkout,
) -> None:
    checkout.open()
    checkout.fill_card(ALWAYS_ASKS)
    checkout.page.locator("#pay").press("Enter")
    expect(checkout.bank.get_by_role("heading")).to_be_focused()
    steps = [
        ("Tab", "Autoriser le paiement"),
        ("Tab", "Refuser"),
        ("Tab", "Fermer"),
        ("Tab", "Autoriser le paiement"),
        ("Shift+Tab", "Fermer"),
        ("Shift+Tab", "Refuser"),
    ]

    for key, name in steps:
        checkout.page.keyboard.press(key)
        button = checkout.bank.get_by_role("button", name=name, exact=True)
        expect(button).to_be_focused()
    checkout.page.keyboard.press("Enter")

    checkout.outcome()
    expect(checkout.page.locator("#pay")).to_be_focused()


def test_the_dialog_speaks_english_too(checkout: Checkout) -> None:
    checkout.open(group={"locale": "en"})
    checkout.field("Card number").fill(ALWAYS_ASKS)
    checkout.field("Expiration date").fill("1240")
    checkout.field("CVC").fill("123")
    checkout.begin_to_pay()

    buttons = checkout.bank.get_by_role("button")

    expect(buttons).to_have_count(3)
    for name in ["Close", "Fail authentication", "Complete authentication"]:
        expect(
            checkout.bank.get_by_role("button", name=name, exact=True)
        ).to_be_visible()


def test_the_second_asking_card_asks_too(checkout: Checkout) -> None:
    begin(checkout, "4000002500003155")

    press(checkout, "Autoriser le paiement")

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"
