"""French, English, and what the browser speaks."""

import pytest
from playwright.sync_api import Browser, expect

from tests.sandbox.browser.checkout import Checkout
from tests.sandbox_process import SandboxProcess

FRENCH = ["Numéro de carte", "Date d'expiration", "CVC", "Pays"]
ENGLISH = ["Card number", "Expiration date", "CVC", "Country"]
TITLES = {
    "fr": "Cadre de saisie sécurisé pour le paiement",
    "en": "Secure payment input frame",
}


@pytest.mark.parametrize(
    ("locale", "language", "labels", "hint"),
    [
        ("fr", "fr", FRENCH, "MM / AA"),
        ("fr-CA", "fr", FRENCH, "MM / AA"),
        ("en", "en", ENGLISH, "MM / YY"),
        ("en-GB", "en", ENGLISH, "MM / YY"),
        ("de", "en", ENGLISH, "MM / YY"),
    ],
)
def test_the_element_speaks_the_language_it_was_given(
    checkout: Checkout, locale: str, language: str, labels: list[str], hint: str
) -> None:
    checkout.open(group={"locale": locale})

    for label in labels:
        expect(checkout.field(label)).to_be_visible()
    expect(checkout.form.get_by_placeholder(hint)).to_be_visible()
    expect(checkout.form.locator("html")).to_have_attribute("lang", language)
    frame = checkout.page.locator("#payment iframe")
    expect(frame).to_have_attribute("title", TITLES[language])


@pytest.mark.parametrize(
    ("spoken", "label"), [("fr-FR", "Numéro de carte"), ("en-US", "Card number")]
)
def test_auto_is_the_browsers_language(
    browser: Browser,
    shop_address: str,
    sandbox: SandboxProcess,
    spoken: str,
    label: str,
) -> None:
    page = browser.new_context(locale=spoken).new_page()
    checkout = Checkout(page, shop_address, sandbox)

    checkout.open(group={"locale": "auto"})

    expect(checkout.field(label)).to_be_visible()
    page.context.close()


def test_errors_are_in_the_elements_language(checkout: Checkout) -> None:
    checkout.open(group={"locale": "en"})
    checkout.field("Card number").fill("4000000000009995")
    checkout.field("Expiration date").fill("1240")
    checkout.field("CVC").fill("123")

    error = checkout.pay()["error"]

    assert error["message"] == "Your card has insufficient funds."


def test_the_language_can_change_while_the_page_is_open(checkout: Checkout) -> None:
    checkout.open()

    checkout.evaluate("elements.update({locale: 'en'})")

    expect(checkout.field("Card number")).to_be_visible()


def test_countries_are_listed_in_the_language(checkout: Checkout) -> None:
    checkout.open()

    names = checkout.field("Pays").locator("option").all_text_contents()

    assert "Allemagne" in names
    # Sorted as the French do: É beside E, not after Z.
    assert names.index("Équateur") < names.index("Finlande")


def test_the_console_says_once_that_this_is_the_sandbox(checkout: Checkout) -> None:
    warnings: list[str] = []
    checkout.page.on(
        "console",
        lambda message: (
            warnings.append(message.text) if message.type == "warning" else None
        ),
    )

    checkout.open()

    assert len(warnings) == 1
    assert "no real card is charged" in warnings[0]


def test_the_form_says_that_it_is_the_sandbox(checkout: Checkout) -> None:
    checkout.open()

    expect(
        checkout.form.get_by_text("Bac à sable — aucune carte réelle n'est débitée")
    ).to_be_visible()
