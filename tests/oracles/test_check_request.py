"""The request oracle notices what Stripe's parameter types do not allow."""

from typing import Any

import pytest

from tests.oracles.sdk_calls import params_class_of, sdk_calls
from tests.oracles.verdict import call_problems
from tests.sandbox.making import Api, make_intent
from tests.sandbox_process import SandboxProcess

RIGHT: dict[str, Any] = {
    "amount": "7900",
    "currency": "eur",
    "automatic_payment_methods": {"enabled": "true", "allow_redirects": "never"},
    "metadata": {"order": "7"},
    "expand": ["latest_charge"],
}


def make_call(**changes: Any) -> dict[str, Any]:
    """A line of the journal as it is when our code makes an intent."""
    return {
        "method": "POST",
        "path": "/v1/payment_intents",
        "params": {**RIGHT, **changes},
        "fault": None,
    }


def test_the_calls_of_the_whole_sdk_are_known() -> None:
    assert len(sdk_calls()) > 500
    assert params_class_of("POST", "/v1/refunds").__name__ == "RefundCreateParams"


def test_a_fixed_word_is_not_taken_for_an_id() -> None:
    found = params_class_of("GET", "/v1/customers/search")

    assert found.__name__ == "CustomerSearchParams"


def test_a_right_call_passes() -> None:
    assert call_problems(make_call()) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"amount": "79.00"}, "amount"),
        ({"amount": None}, "amount"),
        ({"orderId": "7"}, "orderId"),
        ({"payment_method_types": ["card"]}, "payment_method_types"),
        ({"capture_method": "sometimes"}, "capture_method"),
        ({"metadata": "7"}, "metadata"),
        ({"expand": "latest_charge"}, "expand"),
        (
            {"automatic_payment_methods": {"enabled": "true", "always": "true"}},
            "automatic_payment_methods.always",
        ),
        (
            {"automatic_payment_methods": {"allow_redirects": "never"}},
            "automatic_payment_methods.enabled",
        ),
        ({"shipping": {"name": "Alice", "address": {"town": "Paris"}}}, "shipping"),
        ({"idempotency_key": "7"}, "idempotency_key"),
    ],
)
def test_one_wrong_parameter_is_noticed(changes: dict[str, Any], place: str) -> None:
    [*_, problem] = call_problems(make_call(**changes))

    assert problem.startswith(place)


def test_a_missing_parameter_is_noticed() -> None:
    call = make_call()
    del call["params"]["currency"]

    assert call_problems(call) == ["currency: Field required"]


def test_a_call_that_the_sdk_does_not_know_is_noticed() -> None:
    call = {**make_call(), "path": "/v1/payment_intent"}

    assert call_problems(call) == ["not in the SDK"]


def test_a_real_call_changed_in_one_field_is_noticed(
    api: Api, sandbox: SandboxProcess
) -> None:
    make_intent(api, metadata={"order": "7"})
    [call] = sandbox.requests()
    before = call_problems(call)

    call["params"]["currency"] = {"code": "eur"}

    assert before == []
    assert call_problems(call) != []
