"""Stripe's own command line brings every billing event about, by its own recipes."""

from pathlib import Path

import pytest

from tests.oracles.stripe_cli import trigger
from tests.sandbox_process import SandboxProcess


@pytest.mark.parametrize(
    "event_type",
    [
        "customer.subscription.created",
        "customer.subscription.deleted",
        "customer.subscription.paused",
        "customer.subscription.trial_will_end",
        "customer.subscription.updated",
        "invoice.created",
        "invoice.deleted",
        "invoice.finalized",
        "invoice.marked_uncollectible",
        "invoice.paid",
        "invoice.payment_action_required",
        "invoice.payment_failed",
        "invoice.payment_succeeded",
        "invoice.sent",
        "invoice.updated",
        "invoice.voided",
        "invoiceitem.created",
        "invoiceitem.deleted",
        "price.created",
        "price.updated",
        "product.created",
        "product.deleted",
        "product.updated",
        "test_helpers.test_clock.advancing",
        "test_helpers.test_clock.created",
        "test_helpers.test_clock.deleted",
        "test_helpers.test_clock.ready",
    ],
)
def test_the_cli_triggers_it(
    sandbox: SandboxProcess, tmp_path: Path, event_type: str
) -> None:
    trigger(event_type, api_base=sandbox.url, home=tmp_path)
    sandbox.wait_until_idle()

    assert sandbox.events(type=event_type)
