"""Subscriptions survive a restart, and go on where they were."""

from pathlib import Path

import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    advance,
    invoices_of,
    make_clock,
    make_payer,
    subscribe,
)
from tests.sandbox.making import Api
from tests.sandbox_process import SECRET_KEY, SandboxProcess, start_sandbox


def client_of(process: SandboxProcess) -> Api:
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": process.url}).v1


def test_renewals_go_on_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with start_sandbox(state=state) as process:
        api = client_of(process)
        clock = make_clock(api)
        clocked = subscribe(api, make_payer(api, test_clock=clock.id))
        plain = subscribe(api, make_payer(api))
        process.wait_until_idle()

    with start_sandbox(state=state) as process:
        api = client_of(process)
        advance(api, clock, clock.frozen_time + 32 * DAY_S)
        process.advance(32 * DAY_S)
        process.wait_until_idle()

        for subscription in (clocked, plain):
            statuses = [item.status for item in invoices_of(api, subscription)]
            assert statuses == ["paid", "paid"]
