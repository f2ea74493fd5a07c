"""A returning customer's saved cards in the Payment Element, by customer session."""

from typing import Any

import pytest
import stripe
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout
from tests.sandbox.making import make_customer

FEATURES = {
    "payment_method_redisplay": "enabled",
    "payment_method_save": "enabled",
    "payment_method_save_usage": "on_session",
    "payment_method_remove": "enabled",
}
SAVE_BOX = "Enregistrer cette carte pour mes prochains achats"
VISA = "Visa se terminant par 4242"


@pytest.fixture
def customer(checkout: Checkout) -> Any:
    return make_customer(checkout.api)


def open_for(
    checkout: Checkout, customer: Any, *, session_of: Any = None, **features: str
) -> stripe.PaymentIntent:
    """The page of this customer's intent, with a session of theirs."""
    asked = {
        "customer": (session_of or customer).id,
        "components": {
            "payment_element": {"enabled": True, "features": FEATURES | features}
        },
    }
    session = checkout.api.customer_sessions.create(asked)  # type: ignore[arg-type]
    intent = checkout.intent(
        allowed_payment_method_types=["card"], customer=customer.id
    )
    checkout.visit()
    group = {"customerSessionClientSecret": session.client_secret}
    checkout.start(intent, group=group, element={"layout": "accordion"})
    return intent


def save_card(checkout: Checkout, customer: Any, token: str = "tok_visa") -> str:
    made = checkout.api.payment_methods.create(
        {"type": "card", "card": {"token": token}, "allow_redisplay": "always"}
    )
    checkout.api.payment_methods.attach(made.id, {"customer": customer.id})
    return made.id


def saved_by(checkout: Checkout, customer: Any) -> list[str]:
    found = checkout.api.payment_methods.list({"customer": customer.id})
    return [method.allow_redisplay for method in found.data]


def test_a_saved_card_pays_without_being_typed(
    checkout: Checkout, customer: Any
) -> None:
    card = save_card(checkout, customer)
    intent = open_for(checkout, customer)
    checkout.wait_for("ready")

    expect(checkout.form.get_by_label(VISA)).to_be_checked()
    outcome = checkout.pay()

    assert outcome["paymentIntent"]["status"] == "succeeded"
    assert checkout.api.payment_intents.retrieve(intent.id).payment_method == card


def test_the_one_that_is_chosen_pays(checkout: Checkout, customer: Any) -> None:
    older = save_card(checkout, customer)
    save_card(checkout, customer, "tok_mastercard")
    intent = open_for(checkout, customer)
    checkout.wait_for("ready")

    checkout.form.get_by_label(VISA).check()
    checkout.pay()

    assert checkout.api.payment_intents.retrieve(intent.id).payment_method == older


def test_another_card_can_be_typed_all_the_same(
    checkout: Checkout, customer: Any
) -> None:
    save_card(checkout, customer)
    open_for(checkout, customer)
    checkout.wait_for("ready")

    checkout.form.get_by_label("Carte", exact=True).check()
    checkout.fill_card("5555555555554444")
    outcome = checkout.pay()

    assert outcome["paymentIntent"]["status"] == "succeeded"
    assert saved_by(checkout, customer) == ["always"]


@pytest.mark.parametrize(("ticks", "saved"), [(True, ["always"]), (False, [])])
def test_a_card_is_saved_only_if_the_box_is_ticked(
    checkout: Checkout, customer: Any, ticks: bool, saved: list[str]
) -> None:
    open_for(checkout, customer)
    checkout.wait_for("ready")
    checkout.fill_card()

    checkout.form.get_by_label(SAVE_BOX).set_checked(ticks)
    checkout.pay()

    assert saved_by(checkout, customer) == saved


def test_a_removed_card_is_gone_and_the_form_is_there(
    checkout: Checkout, customer: Any
) -> None:
    save_card(checkout, customer)
    open_for(checkout, customer)
    checkout.wait_for("ready")

    checkout.form.get_by_role("button", name="Supprimer Visa 4242").click()

    expect(checkout.field("Numéro de carte")).to_be_visible()
    assert saved_by(checkout, customer) == []


def test_what_the_session_does_not_allow_is_not_there(
    checkout: Checkout, customer: Any
) -> None:
    save_card(checkout, customer)
    off = {name: "disabled" for name in FEATURES if name != "payment_method_save_usage"}
    open_for(checkout, customer, **off)
    checkout.wait_for("ready")

    expect(checkout.field("Numéro de carte")).to_be_visible()
    expect(checkout.form.get_by_label(VISA)).to_have_count(0)
    expect(checkout.form.get_by_label(SAVE_BOX)).to_have_count(0)


def test_the_session_of_another_customer_is_an_error(
    checkout: Checkout, customer: Any
) -> None:
    open_for(checkout, customer, session_of=make_customer(checkout.api))

    failure = checkout.wait_for("loaderror")

    assert failure["error"]["type"] == "invalid_request_error"


def test_a_secret_of_another_kind_is_refused(checkout: Checkout) -> None:
    checkout.visit()

    thrown = checkout.thrown_by(
        'Stripe("pk_test_shop").elements({clientSecret: "pi_1_secret_2", '
        'customerSessionClientSecret: "pi_1_secret_2"})'
    )

    assert "customerSessionClientSecret" in thrown
