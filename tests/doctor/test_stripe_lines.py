"""Doctor about our key, Stripe's account and the clocks."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from payments.doctor import account, webhook
from payments.gateway import AccountSnapshot
from tests.doctor.asking import findings, only
from tests.payments.canned_stripe import CannedStripe, canned
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["canned"]


def refusal(**fields: Any) -> dict[str, Any]:
    return {"error": {"message": "Raw.", "type": "invalid_request_error", **fields}}


def test_a_key_that_stripe_does_not_know(canned: CannedStripe) -> None:
    canned.will_say(401, refusal())

    found = only(account.check_account)

    assert found.level == "wrong"
    assert "no payment can be begun" in found.what
    assert "STRIPE_SECRET_KEY" in found.mend
    assert only(webhook.check_endpoint).level == "warning"


def test_a_stripe_that_is_not_there(settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:1"

    found = only(account.check_account)

    assert found.level == "wrong"
    assert "APIConnectionError" in found.what


def test_an_account_that_may_not_take_payments(canned: CannedStripe) -> None:
    canned.will_say(
        200,
        {"id": "acct_1", "object": "account", "charges_enabled": False, "data": []},
    )

    found = findings(account.check_account)[0]

    assert (found.level, "may not take payments" in found.what) == ("wrong", True)


def test_a_restricted_key_says_what_it_may_not_read(
    canned: CannedStripe, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = "rk_test_lumira"
    canned.will_say(403, refusal())

    assert only(account.check_account).level == "warning"
    rights = only(account.check_rights)

    assert rights.level == "wrong"
    for name in ("PaymentIntents", "Disputes", "Early fraud warnings", "Invoices"):
        assert name in rights.what


def test_a_restricted_key_with_all_rights(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = "rk_test_lumira"

    assert only(account.check_rights).level == "ok"


def test_a_full_key_is_not_asked_about_its_rights(sandbox: SandboxProcess) -> None:
    assert findings(account.check_rights) == []
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(3, "ok"), (-100, "warning"), (100, "warning"), (250, "wrong"), (-900, "wrong")],
)
def test_a_clock_that_is_away_from_stripes(seconds: int, expected: str) -> None:
    told = AccountSnapshot("acct_1", True, now() + timedelta(seconds=seconds))

    [found] = account.check_clock(told)

    assert found.level == expected


def test_stripes_clock_is_read_of_its_answer(sandbox: SandboxProcess) -> None:
    stripe, clock = findings(account.check_account)

    assert (stripe.level, clock.level) == ("ok", "ok")
    assert clock.subject == "clock"
