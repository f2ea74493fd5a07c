"""What the person gets when the way to Stripe is broken."""

import pytest

from tests.sandbox.browser.checkout import Checkout

CONFIRM = "POST /v1/payment_intents/{id}/confirm"
RETRIEVE = "GET /v1/payment_intents/{id}"


def test_a_broken_connection_is_an_error_and_the_payment_stays_payable(
    checkout: Checkout,
) -> None:
    intent = checkout.open()
    checkout.fill_card()
    checkout.sandbox.fault("reset_before", route=CONFIRM, count=10)

    error = checkout.pay()["error"]

    assert error["type"] == "api_connection_error"
    assert "Vous n'avez pas été débité" in error["message"]
    assert checkout.status(intent) == "requires_payment_method"


@pytest.mark.parametrize("fault", ["reset_after", "truncated_after"])
def test_an_answer_lost_on_the_way_is_asked_again_and_charges_once(
    checkout: Checkout, fault: str
) -> None:
    intent = checkout.open()
    checkout.fill_card()
    checkout.sandbox.fault(fault, route=CONFIRM)

    result = checkout.pay()

    assert result["paymentIntent"]["status"] == "succeeded"
    charges = checkout.api.charges.list({"payment_intent": intent.id}).data
    assert len(charges) == 1


@pytest.mark.parametrize("fault", ["html", "500"])
def test_an_answer_that_makes_no_sense_is_an_api_error(
    checkout: Checkout, fault: str
) -> None:
    checkout.open()
    checkout.fill_card()
    checkout.sandbox.fault(fault, route=CONFIRM, count=10)

    error = checkout.pay()["error"]

    assert error["type"] == "api_error"
    assert error["message"]


def test_after_a_broken_connection_the_truth_can_be_looked_up(
    checkout: Checkout,
) -> None:
    intent = checkout.open()
    checkout.fill_card()
    checkout.sandbox.fault("reset_after", route=CONFIRM, count=10)

    error = checkout.pay()["error"]
    found = checkout.evaluate(
        "secret => stripe.retrievePaymentIntent(secret)", intent.client_secret
    )

    assert error["type"] == "api_connection_error"
    assert found["paymentIntent"]["status"] == "succeeded"


def test_an_element_that_cannot_reach_stripe_fails_to_load(checkout: Checkout) -> None:
    intent = checkout.intent()
    checkout.sandbox.fault("reset_before", route=RETRIEVE, count=10)
    checkout.visit()

    checkout.start(intent)

    assert checkout.wait_for("loaderror")["error"]["type"] == "api_connection_error"


def test_a_frame_that_never_comes_is_a_load_error(checkout: Checkout) -> None:
    intent = checkout.intent()
    checkout.visit()
    checkout.page.route("**/_/elements/payment*", lambda route: route.abort())

    checkout.start(intent)

    assert checkout.wait_for("loaderror")["error"]["type"] == "api_connection_error"


def test_a_bank_that_does_not_answer_can_be_asked_again(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card("4000002760003184")
    checkout.begin_to_pay()
    authorize = checkout.bank.get_by_role("button", name="Autoriser le paiement")
    authorize.wait_for()
    checkout.page.route("**/_/browser/authenticate", lambda route: route.abort())

    authorize.click()
    checkout.bank.get_by_text("La banque ne répond pas").wait_for()
    checkout.page.unroute("**/_/browser/authenticate")
    authorize.click()

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"
