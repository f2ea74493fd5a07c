"""The Appearance API: what a merchant may dress, and what he may not."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout

NUMBER = "Numéro de carte"


def test_variables_dress_the_form(checkout: Checkout) -> None:
    checkout.open(
        group={
            "appearance": {
                "variables": {
                    "colorBackground": "rgb(28, 31, 61)",
                    "colorText": "rgb(244, 239, 226)",
                    "borderRadius": "11px",
                    "fontSizeBase": "18px",
                }
            }
        }
    )

    number = checkout.field(NUMBER)

    expect(number).to_have_css("background-color", "rgb(28, 31, 61)")
    expect(number).to_have_css("color", "rgb(244, 239, 226)")
    expect(number).to_have_css("border-radius", "11px")
    expect(number).to_have_css("font-size", "18px")
    # Lists drawn by the browser must be readable on it too.
    expect(checkout.field("Pays")).to_have_css("color-scheme", "dark")


@pytest.mark.parametrize(
    ("theme", "background"),
    [
        ("stripe", "rgb(255, 255, 255)"),
        ("night", "rgb(48, 49, 61)"),
        ("flat", "rgb(241, 241, 241)"),
    ],
)
def test_a_theme_is_a_point_to_start_from(
    checkout: Checkout, theme: str, background: str
) -> None:
    checkout.open(group={"appearance": {"theme": theme}})

    expect(checkout.field(NUMBER)).to_have_css("background-color", background)


def test_rules_win_over_variables_and_may_use_them(checkout: Checkout) -> None:
    rules = {
        ".Input": {"borderRadius": "0px", "borderColor": "var(--colorPrimary)"},
        ".Input:focus": {"borderColor": "rgb(1, 2, 3)"},
        ".Label, .Error": {"textTransform": "uppercase"},
    }
    variables = {"colorPrimary": "rgb(9, 8, 7)", "borderRadius": "9px"}
    checkout.open(group={"appearance": {"variables": variables, "rules": rules}})

    number = checkout.field(NUMBER)

    expect(number).to_have_css("border-radius", "0px")
    expect(number).to_have_css("border-color", "rgb(9, 8, 7)")
    label = checkout.form.locator(".Label").first
    expect(label).to_have_css("text-transform", "uppercase")
    number.focus()
    expect(number).to_have_css("border-color", "rgb(1, 2, 3)")


@pytest.mark.parametrize(
    "appearance",
    [
        {"variables": {"colorText": "red; } body { display: none"}},
        {"variables": {"colorBackground": "url(https://example.org/spy)"}},
        {"variables": {"not a name": "red"}},
        {"rules": {"body": {"display": "none"}}},
        {"rules": {".Input, body": {"display": "none"}}},
        {"rules": {".Input {} body": {"display": "none"}}},
        {"rules": {".Input": {"backgroundImage": "url(https://example.org/spy)"}}},
        {"rules": {".Input": {"color:red;display": "none"}}},
    ],
)
def test_what_could_break_out_is_left_out_and_said(
    checkout: Checkout, appearance: dict[str, dict[str, object]]
) -> None:
    warnings: list[str] = []
    checkout.page.on("console", lambda message: warnings.append(message.text))
    strangers: list[str] = []
    checkout.page.on("request", lambda request: strangers.append(request.url))

    checkout.open(group={"appearance": appearance})

    expect(checkout.field(NUMBER)).to_be_visible()
    assert not any("example.org" in url for url in strangers)
    assert any("is not supported and was left out" in text for text in warnings)


def test_the_dress_can_be_changed_without_losing_what_was_typed(
    checkout: Checkout,
) -> None:
    checkout.open()
    checkout.fill_card()

    checkout.evaluate("elements.update({appearance: {theme: 'night'}})")

    number = checkout.field(NUMBER)
    expect(number).to_have_css("background-color", "rgb(48, 49, 61)")
    expect(number).to_have_value("4242 4242 4242 4242")
