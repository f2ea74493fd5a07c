"""Redirect methods with a real round trip, and SEPA direct debit."""

from urllib.parse import parse_qs, urlsplit

import pytest
import stripe
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout

ALL = ["card", "bancontact", "ideal", "sepa_debit"]
IBAN = "FR1420041010050500013M02606"


def open_with_all_methods(
    checkout: Checkout, layout: str = "accordion"
) -> stripe.PaymentIntent:
    intent = checkout.intent(allowed_payment_method_types=ALL)
    return checkout.open(intent, element={"layout": layout})


def choose(checkout: Checkout, name: str) -> None:
    checkout.form.locator("label", has_text=name).click()


def returned(checkout: Checkout) -> dict[str, list[str]]:
    checkout.page.wait_for_url("**/retour?*")
    return parse_qs(urlsplit(checkout.page.url).query)


@pytest.mark.parametrize(
    ("button", "redirect_status", "status"),
    [
        ("Autoriser le paiement", "succeeded", "succeeded"),
        ("Refuser", "failed", "requires_payment_method"),
    ],
)
@pytest.mark.parametrize("method", ["Bancontact", "iDEAL"])
def test_a_redirect_method_goes_to_the_bank_and_comes_back(
    checkout: Checkout, method: str, button: str, redirect_status: str, status: str
) -> None:
    intent = open_with_all_methods(checkout)
    choose(checkout, method)
    checkout.field("Nom complet").fill("Ada Lovelace")

    checkout.begin_to_pay()
    checkout.page.wait_for_url(f"{checkout.sandbox.url}/_/redirect/**")
    checkout.page.get_by_role("button", name=button).click()

    query = returned(checkout)
    assert query["commande"] == ["7"]
    assert query["payment_intent"] == [intent.id]
    assert query["payment_intent_client_secret"] == [intent.client_secret]
    assert query["redirect_status"] == [redirect_status]
    assert checkout.status(intent) == status


def test_the_banks_page_is_not_shown_in_a_frame(checkout: Checkout) -> None:
    intent = checkout.intent()

    answer = checkout.page.request.get(
        f"{checkout.sandbox.url}/_/redirect/{intent.id}?client_secret=x"
    )

    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_sepa_debit_is_processing_and_never_called_paid(checkout: Checkout) -> None:
    intent = open_with_all_methods(checkout)
    choose(checkout, "Prélèvement SEPA")
    checkout.field("IBAN").fill(IBAN)
    checkout.field("Nom complet").fill("Ada Lovelace")
    checkout.field("E-mail").fill("ada@example.org")

    result = checkout.pay()

    assert result["paymentIntent"]["status"] == "processing"
    assert checkout.status(intent) == "processing"


def test_a_processing_payment_returns_as_pending(checkout: Checkout) -> None:
    open_with_all_methods(checkout)
    choose(checkout, "Prélèvement SEPA")
    checkout.field("IBAN").fill(IBAN)
    checkout.field("Nom complet").fill("Ada Lovelace")
    checkout.field("E-mail").fill("ada@example.org")

    checkout.begin_to_pay(redirect="always")

    assert returned(checkout)["redirect_status"] == ["pending"]


@pytest.mark.parametrize(
    ("iban", "code"),
    [
        ("FR14", "incomplete_iban"),
        ("FR1420041010050500013M02607", "invalid_iban"),
    ],
)
def test_a_wrong_iban_is_stopped_in_the_form(
    checkout: Checkout, iban: str, code: str
) -> None:
    open_with_all_methods(checkout)
    choose(checkout, "Prélèvement SEPA")
    checkout.field("IBAN").fill(iban)

    error = checkout.pay()["error"]

    assert (error["type"], error["code"]) == ("validation_error", code)


@pytest.mark.parametrize("layout", ["tabs", "accordion"])
def test_methods_are_chosen_with_the_arrow_keys(
    checkout: Checkout, layout: str
) -> None:
    open_with_all_methods(checkout, layout)
    group = checkout.form.get_by_role("group", name="Moyen de paiement")
    expect(group.get_by_role("radio")).to_have_count(4)

    checkout.page.keyboard.press("Tab")
    checkout.page.keyboard.press("ArrowDown")

    expect(group.get_by_role("radio", name="Bancontact")).to_be_checked()
    expect(checkout.field("Nom complet")).to_be_visible()
    expect(checkout.field("Numéro de carte")).to_be_hidden()
    assert checkout.wait_for("change")["value"] == {"type": "bancontact"}


def test_the_merchant_orders_the_methods(checkout: Checkout) -> None:
    intent = checkout.intent(allowed_payment_method_types=ALL)

    checkout.open(intent, element={"paymentMethodOrder": ["ideal", "card"]})

    values = checkout.form.get_by_role("radio").evaluate_all(
        "radios => radios.map(({value}) => value)"
    )
    assert values[:2] == ["ideal", "card"]
    assert sorted(values) == sorted(ALL)


def test_a_collapsed_accordion_asks_to_choose_first(checkout: Checkout) -> None:
    intent = checkout.intent(allowed_payment_method_types=ALL)
    checkout.open(
        intent, element={"layout": {"type": "accordion", "defaultCollapsed": True}}
    )
    expect(checkout.field("Numéro de carte")).to_be_hidden()

    error = checkout.pay()["error"]

    assert error["type"] == "validation_error"


def test_a_single_method_needs_no_choice(checkout: Checkout) -> None:
    checkout.open(element={"layout": "accordion"})

    expect(checkout.field("Numéro de carte")).to_be_visible()
    expect(checkout.form.get_by_role("radio")).to_have_count(0)
