"""confirmPayment with a card: success, declines, and where the person ends up."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout, ShopHandler

DECLINES = [
    ("4000000000000002", "card_declined", "generic_decline", "carte a été refusée"),
    ("4000000000009995", "card_declined", "insufficient_funds", "fonds suffisants"),
    ("4000000000009987", "card_declined", "lost_card", "carte a été refusée"),
    ("4000000000009979", "card_declined", "stolen_card", "carte a été refusée"),
    (
        "4000000000006975",
        "card_declined",
        "card_velocity_exceeded",
        "carte a été refusée",
    ),
    ("4000000000000069", "expired_card", None, "carte a expiré"),
    ("4000000000000127", "incorrect_cvc", None, "code de sécurité"),
    ("4000000000000119", "processing_error", None, "erreur s'est produite"),
    ("4000000000000001", "incorrect_number", None, "numéro de carte est incorrect"),
]


def test_a_good_card_succeeds_on_the_merchants_page(checkout: Checkout) -> None:
    intent = checkout.open()
    checkout.fill_card()

    result = checkout.pay()

    assert result["paymentIntent"]["id"] == intent.id
    assert result["paymentIntent"]["status"] == "succeeded"
    assert "error" not in result
    assert checkout.page.url == checkout.shop


@pytest.mark.parametrize(("number", "code", "decline_code", "sentence"), DECLINES)
def test_a_declined_card_is_an_error_with_stripes_codes(
    checkout: Checkout,
    number: str,
    code: str,
    decline_code: str | None,
    sentence: str,
) -> None:
    intent = checkout.open()
    checkout.fill_card(number)

    error = checkout.pay()["error"]

    assert (error["type"], error["code"]) == ("card_error", code)
    if decline_code:
        assert error["decline_code"] == decline_code
    assert sentence in error["message"]
    assert checkout.status(intent) == "requires_payment_method"


def test_a_decline_is_said_below_the_number_and_another_card_then_pays(
    checkout: Checkout,
) -> None:
    intent = checkout.open()
    checkout.fill_card("4000000000000002")
    error = checkout.pay()["error"]
    assert error["payment_intent"]["id"] == intent.id
    assert error["payment_intent"]["status"] == "requires_payment_method"
    expect(checkout.form.locator("#Field-numberError")).to_have_text(
        "Votre carte a été refusée."
    )

    checkout.fill_card()
    result = checkout.pay()

    assert result["paymentIntent"]["status"] == "succeeded"
    assert checkout.status(intent) == "succeeded"


def test_without_if_required_the_person_leaves_for_the_return_url(
    checkout: Checkout,
) -> None:
    intent = checkout.open()
    checkout.fill_card()

    checkout.begin_to_pay(redirect="always")
    checkout.page.wait_for_url("**/retour?*")

    query = parse_qs(urlsplit(checkout.page.url).query)
    assert query == {
        "commande": ["7"],
        "payment_intent": [intent.id],
        "payment_intent_client_secret": [intent.client_secret],
        "redirect_status": ["succeeded"],
    }


def test_a_decline_never_leaves_the_page(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card("4000000000000002")

    result = checkout.pay(redirect="always")

    assert result["error"]["code"] == "card_declined"
    assert checkout.page.url == checkout.shop


def test_the_card_number_is_never_within_the_merchants_reach(
    checkout: Checkout,
) -> None:
    checkout.open()
    checkout.evaluate(
        "heard = []; addEventListener('message', ({data}) => heard.push(data))"
    )
    asked_of: list[tuple[str, str]] = []
    checkout.page.on(
        "request",
        lambda request: asked_of.append((request.url, request.post_data or "")),
    )

    checkout.fill_card()
    result = checkout.pay()

    with_number = [url for url, body in asked_of if "4242424242424242" in body]
    assert len(with_number) == 1
    assert with_number[0].startswith(checkout.sandbox.url)
    assert not any("4242" in path for path in ShopHandler.asked)
    assert "4242424242424242" not in str(result) + str(checkout.evaluate("heard"))
    assert checkout.evaluate(
        "document.querySelector('#payment iframe').contentDocument === null"
    )


def test_a_payment_is_looked_up_by_its_client_secret(checkout: Checkout) -> None:
    intent = checkout.open()

    found = checkout.evaluate(
        "secret => stripe.retrievePaymentIntent(secret)", intent.client_secret
    )

    assert found["paymentIntent"]["id"] == intent.id
    assert found["paymentIntent"]["status"] == "requires_payment_method"


def test_an_unknown_client_secret_is_an_error_and_not_an_exception(
    checkout: Checkout,
) -> None:
    checkout.open()

    found = checkout.evaluate("() => stripe.retrievePaymentIntent('pi_0_secret_0')")

    assert found["error"]["type"] == "invalid_request_error"


def test_a_return_url_that_is_none_is_an_error_of_the_api(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card()

    error = checkout.pay(confirmParams={"return_url": "confirmation"})["error"]

    assert (error["type"], error["param"]) == ("invalid_request_error", "return_url")


def test_an_element_made_before_the_intent_pays_one_made_at_submit(
    checkout: Checkout,
) -> None:
    intent = checkout.intent(allowed_payment_method_types=["card"])
    checkout.visit()
    checkout.evaluate(
        """() => {
            const price = {mode: "payment", amount: 7900, currency: "eur"};
            stripe = Stripe("pk_test_shop");
            elements = stripe.elements({...price, locale: "fr"});
            watch(elements.create("payment")).mount("#payment");
        }"""
    )
    checkout.wait_for("ready")
    checkout.fill_card()

    result = checkout.pay(clientSecret=intent.client_secret)

    assert result["paymentIntent"]["status"] == "succeeded"


def test_a_saved_method_is_confirmed_without_an_element(checkout: Checkout) -> None:
    intent = checkout.intent(
        allowed_payment_method_types=["card"], payment_method="pm_card_visa"
    )
    checkout.visit()
    checkout.evaluate("stripe = Stripe('pk_test_shop')")

    result = checkout.evaluate(
        "options => stripe.confirmPayment(options)",
        {"clientSecret": intent.client_secret, "redirect": "if_required"},
    )

    assert result["paymentIntent"]["status"] == "succeeded"
