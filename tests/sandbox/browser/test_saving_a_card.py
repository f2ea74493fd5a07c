"""confirmSetup: a card is saved without a payment."""

import pytest
import stripe

from tests.sandbox.browser.checkout import Checkout

SAVE = """
    async () => {
        await elements.submit();
        outcome = await stripe.confirmSetup({elements, redirect: "if_required"});
    }
"""


def open_setup(checkout: Checkout, number: str) -> stripe.SetupIntent:
    setup = checkout.api.setup_intents.create(
        {"allowed_payment_method_types": ["card"], "usage": "off_session"}
    )
    checkout.visit()
    checkout.evaluate("secret => start(secret)", setup.client_secret)
    checkout.wait_for("ready")
    checkout.fill_card(number)
    checkout.evaluate(f"() => {{ outcome = null; ({SAVE})() }}")
    return setup


def test_a_card_is_saved(checkout: Checkout) -> None:
    setup = open_setup(checkout, "4242424242424242")

    saved = checkout.outcome()["setupIntent"]

    assert (saved["id"], saved["status"]) == (setup.id, "succeeded")
    found = checkout.evaluate(
        "secret => stripe.retrieveSetupIntent(secret)", setup.client_secret
    )
    assert found["setupIntent"]["status"] == "succeeded"


@pytest.mark.parametrize(
    ("button", "status", "code"),
    [
        ("Autoriser le paiement", "succeeded", None),
        ("Refuser", "requires_payment_method", "setup_intent_authentication_failure"),
    ],
)
def test_the_bank_may_ask_before_a_card_is_saved(
    checkout: Checkout, button: str, status: str, code: str | None
) -> None:
    setup = open_setup(checkout, "4000002500003155")

    checkout.bank.get_by_role("button", name=button).click()

    assert checkout.outcome().get("error", {}).get("code") == code
    assert checkout.api.setup_intents.retrieve(setup.id).status == status


def test_a_payments_element_cannot_be_saved_with(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card()

    thrown = checkout.thrown_by(f"await ({SAVE})()")

    assert "value should be a SetupIntent client secret" in thrown
