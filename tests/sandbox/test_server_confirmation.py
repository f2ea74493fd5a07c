"""A server confirms: on or off session, with or without a page to come back to."""

import pytest
import stripe

from tests.sandbox.making import (
    Api,
    error_of,
    make_customer,
    make_intent,
    make_paid_intent,
)
from tests.sandbox_process import SandboxProcess

SHOP = "http://shop.example/confirmation"


def test_3d_secure_with_a_return_url_is_a_redirect(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api, "pm_card_authenticationRequired", return_url=SHOP)

    action = intent.next_action
    assert intent.status == "requires_action"
    assert action.type == "redirect_to_url"
    assert action.redirect_to_url.return_url == SHOP
    assert action.redirect_to_url.url.startswith(f"{sandbox.url}/_/redirect/")


def test_off_session_a_card_that_asks_is_declined(api: Api) -> None:
    with pytest.raises(stripe.CardError) as refusal:
        make_paid_intent(api, "pm_card_authenticationRequired", off_session=True)

    assert refusal.value.code == "authentication_required"
    assert error_of(refusal).payment_intent.status == "requires_payment_method"


def test_an_error_may_be_preferred_to_an_action(api: Api) -> None:
    with pytest.raises(stripe.CardError) as refusal:
        make_paid_intent(
            api, "pm_card_authenticationRequired", error_on_requires_action=True
        )

    assert refusal.value.code == "authentication_required"


def test_a_card_set_up_before_pays_off_session_without_asking(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    first = make_intent(api, customer=customer.id, setup_future_usage="off_session")
    sandbox.pay(first.id, card="4000002500003155")
    [method] = api.customers.payment_methods.list(customer.id).data

    again = make_paid_intent(api, method.id, customer=customer.id, off_session=True)

    assert again.status == "succeeded"


def test_3d_secure_can_be_demanded_of_any_card(api: Api) -> None:
    intent = make_paid_intent(
        api, payment_method_options={"card": {"request_three_d_secure": "any"}}
    )

    assert intent.status == "requires_action"


def test_with_redirecting_methods_a_return_url_is_required(
    api: Api, sandbox: SandboxProcess
) -> None:
    sandbox.control("POST", "payment_methods", enabled=["card", "ideal"])

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_paid_intent(api)

    assert "you must provide a `return_url`" in str(refusal.value)
    assert api.payment_intents.list().data == []
    assert make_paid_intent(api, return_url=SHOP).status == "succeeded"


def test_without_redirects_no_return_url_is_required(
    api: Api, sandbox: SandboxProcess
) -> None:
    sandbox.control("POST", "payment_methods", enabled=["card", "ideal"])

    intent = make_paid_intent(
        api, automatic_payment_methods={"enabled": True, "allow_redirects": "never"}
    )

    assert intent.payment_method_types == ["card"]


def test_a_method_serves_once_unless_it_belongs_to_a_customer(
    api: Api,
) -> None:
    method = api.payment_methods.create({"type": "card", "card": {"token": "tok_visa"}})
    make_paid_intent(api, method.id)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_paid_intent(api, method.id)

    assert "was previously used" in str(refusal.value)


def test_a_customers_method_needs_its_customer(api: Api) -> None:
    customer = make_customer(api)
    method = api.payment_methods.attach("pm_card_visa", {"customer": customer.id})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_paid_intent(api, method.id)

    assert "you must provide the customer" in str(refusal.value)
    assert make_paid_intent(api, method.id, customer=customer.id).status == "succeeded"
    assert make_paid_intent(api, method.id, customer=customer.id).status == "succeeded"
