"""Who may call: test keys only, publishable ones on few routes."""

import base64

import pytest
import stripe

from tests.sandbox.making import Api, make_intent
from tests.sandbox.raw_calls import BEARER, RawApi
from tests.sandbox_process import SandboxProcess


def test_without_a_key_the_answer_is_401(raw: RawApi) -> None:
    answer = raw.call("GET", "/v1/customers", headers={})

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="Stripe"'
    assert "did not provide an API key" in answer.error["message"]


@pytest.mark.parametrize("key", ["sk_test_abc123", "rk_test_abc123"])
def test_a_secret_or_restricted_test_key_is_accepted(raw: RawApi, key: str) -> None:
    answer = raw.call(
        "GET", "/v1/customers", headers={"Authorization": f"Bearer {key}"}
    )

    assert answer.status == 200


def test_basic_authentication_takes_the_key_as_the_user(raw: RawApi) -> None:
    user = base64.b64encode(b"sk_test_abc123:").decode()

    answer = raw.call(
        "GET", "/v1/customers", headers={"Authorization": f"Basic {user}"}
    )

    assert answer.status == 200


@pytest.mark.parametrize("key", ["sk_live_abc123", "pk_live_abc123", "rk_live_abc123"])
def test_a_live_key_is_refused_in_clear_words(raw: RawApi, key: str) -> None:
    answer = raw.call(
        "GET", "/v1/customers", headers={"Authorization": f"Bearer {key}"}
    )

    assert answer.status == 401
    assert "a live key has no business here" in answer.error["message"]
    assert key not in answer.text


@pytest.mark.parametrize("key", ["nonsense", "sk_test_", "sk_prod_abc123"])
def test_anything_else_is_an_invalid_key_and_is_masked(raw: RawApi, key: str) -> None:
    answer = raw.call(
        "GET", "/v1/customers", headers={"Authorization": f"Bearer {key}"}
    )

    assert answer.status == 401
    assert answer.error["message"].startswith("Invalid API Key provided: ")
    assert "*" in answer.error["message"]


def test_the_sdk_recognises_the_refusal(sandbox: SandboxProcess) -> None:
    client = stripe.StripeClient("sk_live_abc", base_addresses={"api": sandbox.url})

    with pytest.raises(stripe.AuthenticationError):
        client.v1.customers.list()


def test_a_publishable_key_may_not_read_the_merchants_things(raw: RawApi) -> None:
    answer = raw.from_browser("GET", "/v1/customers")

    assert answer.status == 403
    assert answer.error["code"] == "secret_key_required"


def test_a_secret_key_outside_of_the_header_is_refused(raw: RawApi) -> None:
    answer = raw.call("GET", "/v1/customers", {"key": "sk_test_abc123"}, headers={})

    assert answer.status == 401


def test_every_answer_names_its_request_and_version(raw: RawApi) -> None:
    answer = raw.get("/v1/customers")

    assert answer.headers["Request-Id"].startswith("req_")
    assert answer.headers["Stripe-Version"] == "2026-10-28.endive"


def test_another_api_version_is_refused(raw: RawApi) -> None:
    headers = {
        "Authorization": "Bearer sk_test_abc123",
        "Stripe-Version": "2020-08-27",
    }

    answer = raw.call("GET", "/v1/customers", headers=headers)

    assert answer.status == 400
    assert "Invalid Stripe API version" in answer.error["message"]


def test_an_address_that_stripe_does_not_have_is_404(raw: RawApi) -> None:
    answer = raw.get("/v1/horoscopes")

    assert answer.status == 404
    assert answer.error["message"].startswith(
        "Unrecognized request URL (GET: /v1/horoscopes)"
    )


def test_all_keys_open_the_same_account(api: Api, raw: RawApi) -> None:
    intent = make_intent(api)

    other = {"Authorization": "Bearer sk_test_another"}
    answer = raw.call("GET", f"/v1/payment_intents/{intent.id}", headers=other)

    assert answer.body["id"] == intent.id


def test_a_connected_account_is_refused(raw: RawApi) -> None:
    headers = {**BEARER, "Stripe-Account": "acct_1"}

    answer = raw.call("GET", "/v1/customers", headers=headers)

    assert answer.status == 403
    assert "Stripe-Account" in answer.error["message"]
