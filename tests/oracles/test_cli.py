"""`stripe trigger`, written by Stripe, works against the sandbox; the shop listens."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.oracles.stripe_cli import TriggerFailed, trigger
from tests.oracles.tampering import tampering_with
from tests.sandbox_process import SandboxProcess

Json = dict[str, Any]

# The CLI's recipes are older than this API version; STRIPE.md's shapes say the rest.
_ONE_PAYMENT = {
    "remove": ["payment_intent:payment_method_types"],
    "override": ["payment_intent:currency=eur"],
}
_PAYMENTS = [
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.refunded",
    "charge.dispute.created",
]
_BILLING = [
    "customer.subscription.created",
    "invoice.paid",
    "invoice.payment_failed",
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("event_type", _PAYMENTS)
def test_the_cli_triggers_a_payments_event_and_the_shop_accepts_it(
    shop: LiveServer, sandbox: SandboxProcess, tmp_path: Path, event_type: str
) -> None:
    trigger(event_type, api_base=sandbox.url, home=tmp_path, **_ONE_PAYMENT)

    assert_accepted(sandbox, event_type)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("event_type", _BILLING)
def test_the_cli_triggers_a_billing_event_and_the_shop_accepts_it(
    shop: LiveServer, sandbox: SandboxProcess, tmp_path: Path, event_type: str
) -> None:
    trigger(event_type, api_base=sandbox.url, home=tmp_path)

    assert_accepted(sandbox, event_type)


def forget_id(answer: Json) -> None:
    """The CLI asks for the refund by the id in this answer."""
    if answer.get("object") == "payment_intent":
        answer["id"] = "pi_changed_by_hand"


def test_an_untouched_answer_serves_the_cli(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    with tampering_with(sandbox.url, lambda answer: None) as url:
        trigger("charge.refunded", api_base=url, home=tmp_path, **_ONE_PAYMENT)

    assert sandbox.events(type="charge.refunded")


def test_an_answer_changed_in_one_field_fails_the_cli(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    with (
        tampering_with(sandbox.url, forget_id) as url,
        pytest.raises(TriggerFailed, match="No such payment_intent"),
    ):
        trigger("charge.refunded", api_base=url, home=tmp_path, **_ONE_PAYMENT)

    assert sandbox.events(type="charge.refunded") == []


def test_an_event_that_the_cli_cannot_bring_about_fails(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    with pytest.raises(TriggerFailed, match="Unrecognized request URL"):
        trigger("topup.created", api_base=sandbox.url, home=tmp_path)


def assert_accepted(sandbox: SandboxProcess, event_type: str) -> None:
    """The event came, and the shop took it and all that came with it at once."""
    sandbox.wait_until_idle()
    assert sandbox.events(type=event_type)
    statuses = [
        attempt["status"]
        for delivery in sandbox.deliveries()
        for attempt in delivery["attempts"]
    ]
    assert statuses
    assert set(statuses) == {200}
