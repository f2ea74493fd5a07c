"""A customer's saved cards in the Payment Element, with consent only."""

import pytest
import stripe

from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess

PAGE = "/_/browser/saved_cards"
SHOWN = {
    "payment_element": {
        "enabled": True,
        "features": {
            "payment_method_redisplay": "enabled",
            "payment_method_save": "enabled",
            "payment_method_save_usage": "off_session",
        },
    }
}


def save_card(api: Api, customer_id: str, allow_redisplay: str) -> str:
    made = api.payment_methods.create(
        {
            "type": "card",
            "card": {"token": "tok_visa"},
            "allow_redisplay": allow_redisplay,
        }
    )
    return str(api.payment_methods.attach(made.id, {"customer": customer_id}).id)


def open_session(api: Api, customer_id: str, components: object = SHOWN) -> str:
    wanted = {"customer": customer_id, "components": components}
    return str(api.customer_sessions.create(wanted).client_secret)


def shown_in(raw: RawApi, secret: str) -> list[str]:
    """What the Payment Element would show."""
    found = raw.call("GET", PAGE, {"client_secret": secret}, headers={})
    return [method["id"] for method in found.body["payment_methods"]]


def test_a_session_says_what_is_on_and_what_is_off(api: Api) -> None:
    customer = make_customer(api)

    session = api.customer_sessions.create(
        {"customer": customer.id, "components": SHOWN}
    )

    features = session.components.payment_element.features
    assert session.customer == customer.id
    assert session.expires_at - session.created == 30 * 60
    assert features.payment_method_redisplay == "enabled"
    assert features.payment_method_remove == "disabled"
    assert features.payment_method_allow_redisplay_filters == ["always"]
    assert session.components.pricing_table.enabled is False


def test_only_cards_that_may_be_shown_again_are_shown(api: Api, raw: RawApi) -> None:
    customer = make_customer(api)
    save_card(api, customer.id, "limited")
    save_card(api, customer.id, "unspecified")
    allowed = save_card(api, customer.id, "always")
    save_card(api, make_customer(api).id, "always")

    assert shown_in(raw, open_session(api, customer.id)) == [allowed]


def test_three_cards_are_shown_newest_first(api: Api, raw: RawApi) -> None:
    customer = make_customer(api)
    cards = [save_card(api, customer.id, "always") for _ in range(4)]

    assert shown_in(raw, open_session(api, customer.id)) == cards[:0:-1]


def test_nothing_is_shown_where_that_is_off(api: Api, raw: RawApi) -> None:
    customer = make_customer(api)
    save_card(api, customer.id, "always")

    plain = {"payment_element": {"enabled": True}}

    assert shown_in(raw, open_session(api, customer.id, plain)) == []


def test_a_session_ends_after_half_an_hour(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    secret = open_session(api, make_customer(api).id)
    sandbox.advance(30 * 60)

    answer = raw.call("GET", PAGE, {"client_secret": secret}, headers={})

    assert answer.status == 400


def test_a_session_without_a_component_is_refused(api: Api) -> None:
    customer = make_customer(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        open_session(api, customer.id, {"payment_element": {"enabled": False}})

    assert error_of(refusal).param == "components"
