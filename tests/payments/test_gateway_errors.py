"""Stripe's refusals, as our own exceptions."""

from typing import Any

import pytest

from payments.gateway import (
    CardRefused,
    GatewayError,
    GatewayUnavailable,
    IntentSnapshot,
    NotFound,
    gateway,
)
from tests.payments.canned_stripe import CannedStripe


def create() -> IntentSnapshot:
    return gateway().create_intent(
        amount=7900, currency="eur", metadata={}, idempotency_key="oracle-lumira-x"
    )


def error(**fields: Any) -> dict[str, Any]:
    return {"error": {"message": "Raw English of Stripe.", **fields}}


def test_a_card_error_carries_both_codes(canned: CannedStripe) -> None:
    canned.will_say(
        402,
        error(type="card_error", code="card_declined", decline_code="do_not_honor"),
    )

    with pytest.raises(CardRefused) as refused:
        create()

    assert refused.value.code == "card_declined"
    assert refused.value.decline_code == "do_not_honor"
    assert len(canned.calls) == 1


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, error(type="invalid_request_error"), GatewayError),
        (400, error(type="invalid_request_error", code="weird"), GatewayError),
        # These say nothing about what was asked for: nobody was refused anything.
        (400, error(type="idempotency_error"), GatewayUnavailable),
        (401, error(type="invalid_request_error"), GatewayUnavailable),
        (403, error(type="invalid_request_error"), GatewayUnavailable),
        (404, error(type="invalid_request_error", code="resource_missing"), NotFound),
        (429, error(type="invalid_request_error"), GatewayUnavailable),
    ],
)
def test_a_refusal_is_one_of_our_errors(
    canned: CannedStripe, status: int, body: Any, kind: type[GatewayError]
) -> None:
    canned.will_say(status, body)

    with pytest.raises(kind) as refused:
        create()

    assert type(refused.value) is kind


@pytest.mark.parametrize("body", ["<html>Bad gateway</html>", "", "{}"])
def test_a_success_that_is_no_intent_is_one_of_our_errors(
    canned: CannedStripe, body: str
) -> None:
    canned.will_say(200, body)

    with pytest.raises(GatewayError):
        create()


def test_a_state_stripe_invents_tomorrow_is_one_of_our_errors(
    canned: CannedStripe,
) -> None:
    canned.will_say(
        200,
        {
            "id": "pi_1",
            "object": "payment_intent",
            "status": "requires_prayer",
            "amount": 7900,
            "currency": "eur",
            "livemode": False,
        },
    )

    with pytest.raises(GatewayError):
        create()


def test_a_refusal_leaves_what_stripes_support_asks_for_in_the_log(
    canned: CannedStripe, caplog: pytest.LogCaptureFixture
) -> None:
    canned.will_say(400, error(type="invalid_request_error", code="amount_too_small"))

    with pytest.raises(GatewayError):
        create()

    assert "code=amount_too_small" in caplog.text
    assert "Raw English" not in caplog.text
    assert "sk_test" not in caplog.text
