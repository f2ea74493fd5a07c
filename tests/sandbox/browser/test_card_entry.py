"""Typing a card into the Payment Element."""

import re

import pytest
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout

NUMBER = "Numéro de carte"
EXPIRY = "Date d'expiration"


@pytest.mark.parametrize(
    ("label", "autocomplete"),
    [(NUMBER, "cc-number"), (EXPIRY, "cc-exp"), ("CVC", "cc-csc")],
)
def test_each_question_has_a_label_and_helps_the_browser_to_fill_it_in(
    checkout: Checkout, label: str, autocomplete: str
) -> None:
    checkout.open()

    field = checkout.field(label)

    expect(field).to_have_attribute("autocomplete", re.compile(autocomplete))
    expect(field).to_have_attribute("inputmode", "numeric")


@pytest.mark.parametrize(
    ("typed", "shown", "brand"),
    [
        ("4242424242424242", "4242 4242 4242 4242", "visa"),
        ("5555555555554444", "5555 5555 5555 4444", "mastercard"),
        ("2223003122003222", "2223 0031 2200 3222", "mastercard"),
        ("378282246310005", "3782 822463 10005", "amex"),
    ],
)
def test_a_number_is_grouped_as_on_the_card_and_its_brand_is_shown(
    checkout: Checkout, typed: str, shown: str, brand: str
) -> None:
    checkout.open()

    checkout.field(NUMBER).press_sequentially(typed)

    expect(checkout.field(NUMBER)).to_have_value(shown)
    icons = checkout.form.locator("[data-field=number] [data-icon]")
    expect(icons).to_have_count(1)
    expect(icons).to_have_attribute("data-icon", brand)


def test_no_more_digits_are_taken_than_the_card_has(checkout: Checkout) -> None:
    checkout.open()

    checkout.field(NUMBER).press_sequentially("42424242424242429999")

    expect(checkout.field(NUMBER)).to_have_value("4242 4242 4242 4242")


def test_a_digit_can_be_corrected_in_the_middle(checkout: Checkout) -> None:
    checkout.open()
    number = checkout.field(NUMBER)
    number.press_sequentially("4242424242424249")

    for _ in range(12):
        number.press("ArrowLeft")
    number.press("Backspace")
    number.press("5")

    expect(number).to_have_value("4242 4542 4242 4249")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1240", "12 / 40"),
        ("340", "03 / 40"),
        ("12/40", "12 / 40"),
        ("1 / 40", "01 / 40"),
    ],
)
def test_an_expiry_date_is_completed_while_it_is_typed(
    checkout: Checkout, typed: str, shown: str
) -> None:
    checkout.open()

    checkout.field(EXPIRY).press_sequentially(typed)

    expect(checkout.field(EXPIRY)).to_have_value(shown)


@pytest.mark.parametrize("filled", ["12/2040", "12 / 40", "12-40", "122040"])
def test_an_expiry_date_filled_in_by_the_browser_is_understood(
    checkout: Checkout, filled: str
) -> None:
    checkout.open()

    checkout.field(EXPIRY).fill(filled)

    expect(checkout.field(EXPIRY)).to_have_value("12 / 40")


def test_an_expiry_date_can_be_deleted_again(checkout: Checkout) -> None:
    checkout.open()
    expiry = checkout.field(EXPIRY)
    expiry.press_sequentially("1240")

    for _ in range(7):
        expiry.press("Backspace")

    expect(expiry).to_have_value("")


def test_american_express_has_a_code_of_four_digits(checkout: Checkout) -> None:
    checkout.open()

    checkout.fill_card("378282246310005", cvc="12345")

    expect(checkout.field("CVC")).to_have_value("1234")
    assert checkout.pay()["paymentIntent"]["status"] == "succeeded"


@pytest.mark.parametrize(
    ("number", "expiry", "cvc", "code", "sentence"),
    [
        ("", "1240", "123", "incomplete_number", "numéro de carte est incomplet"),
        ("4242", "1240", "123", "incomplete_number", "numéro de carte est incomplet"),
        (
            "4242424242424241",
            "1240",
            "123",
            "incorrect_number",
            "numéro de carte est incorrect",
        ),
        (
            "9999999999999995",
            "1240",
            "123",
            "invalid_number",
            "numéro de carte est invalide",
        ),
        ("4242424242424242", "12", "123", "incomplete_expiry", "est incomplète"),
        ("4242424242424242", "1340", "123", "invalid_expiry", "est invalide"),
        ("4242424242424242", "1220", "123", "invalid_expiry_year_past", "est passée"),
        ("4242424242424242", "1299", "123", "invalid_expiry_year", "est invalide"),
        ("4242424242424242", "1240", "12", "incomplete_cvc", "est incomplet"),
        ("378282246310005", "1240", "123", "incomplete_cvc", "est incomplet"),
    ],
)
def test_what_is_wrong_is_said_at_submit_and_below_the_field(
    checkout: Checkout, number: str, expiry: str, cvc: str, code: str, sentence: str
) -> None:
    intent = checkout.open()
    checkout.fill_card(number, expiry, cvc)

    error = checkout.pay()["error"]

    assert (error["type"], error["code"]) == ("validation_error", code)
    assert sentence in error["message"]
    field = checkout.form.locator("[aria-invalid=true]")
    expect(field).to_be_focused()
    described_by = field.get_attribute("aria-describedby")
    expect(checkout.form.locator(f"#{described_by}")).to_have_text(error["message"])
    assert checkout.status(intent) == "requires_payment_method"


def test_an_error_goes_as_soon_as_the_field_changes(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card(number="4242")
    checkout.pay()

    checkout.field(NUMBER).press_sequentially("4")

    expect(checkout.form.locator("[aria-invalid=true]")).to_have_count(0)


def test_a_field_left_half_filled_says_so(checkout: Checkout) -> None:
    checkout.open()
    checkout.field(NUMBER).press_sequentially("4242")

    checkout.field(NUMBER).press("Tab")

    expect(checkout.form.get_by_role("alert")).to_have_text(
        "Votre numéro de carte est incomplet."
    )


def test_a_card_is_paid_with_the_keyboard_alone(checkout: Checkout) -> None:
    intent = checkout.open()
    keyboard = checkout.page.keyboard

    keyboard.press("Tab")
    expect(checkout.field(NUMBER)).to_be_focused()
    for typed in ["4242424242424242", "1240", "123"]:
        keyboard.type(typed)
        keyboard.press("Tab")
    expect(checkout.field("Pays")).to_be_focused()
    keyboard.press("Tab")
    expect(checkout.page.locator("#pay")).to_be_focused()
    keyboard.press("Enter")

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"
    assert checkout.status(intent) == "succeeded"


@pytest.mark.parametrize("country", ["US", "GB", "CA"])
def test_a_postal_code_is_asked_where_banks_check_it(
    checkout: Checkout, country: str
) -> None:
    checkout.open()
    checkout.fill_card()
    expect(checkout.field("Code postal")).to_be_hidden()

    checkout.field("Pays").select_option(country)

    expect(checkout.field("Code postal")).to_be_visible()
    assert checkout.pay()["error"]["code"] == "incomplete_zip"


def test_the_country_and_the_merchants_details_reach_stripe(checkout: Checkout) -> None:
    intent = checkout.open(
        element={"defaultValues": {"billingDetails": {"email": "ada@example.org"}}}
    )
    checkout.fill_card()
    checkout.field("Pays").select_option("BE")

    details = {"billing_details": {"name": "Ada Lovelace", "address": {"city": "Mons"}}}
    checkout.pay(confirmParams={"payment_method_data": details})

    paid = checkout.api.payment_intents.retrieve(
        intent.id, {"expand": ["payment_method"]}
    )
    method = paid.payment_method
    assert not isinstance(method, str)
    assert method is not None
    billed = method.billing_details
    assert (billed.name, billed.email) == ("Ada Lovelace", "ada@example.org")
    assert billed.address is not None
    assert (billed.address.country, billed.address.city) == ("BE", "Mons")
