"""The webhook's secret is rolled while customers pay: no event is turned away."""

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from payments.models import Payment
from tests.money.books import pay
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "whsec_old", "whsec_new"
# What the shop knows, and what Stripe signs with, one step after the other.
ROTATION: list[tuple[list[str], list[str]]] = [
    ([OLD], [OLD]),
    ([OLD], [OLD, NEW]),  # rolled at Stripe: both sign for a day
    ([NEW, OLD], [OLD, NEW]),
    ([NEW, OLD], [NEW]),
    ([NEW], [NEW]),
]


def test_no_event_is_refused_while_the_secret_is_rolled(
    shop: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> None:
    webhook = f"{shop.url}/api/payments/webhook"

    for known, signing in ROTATION:
        settings.STRIPE_WEBHOOK_SECRETS = known
        sandbox.endpoints({"url": webhook, "secrets": signing})
        pay(sandbox)
        sandbox.wait_until_idle()

    answers = [
        attempt["status"]
        for delivery in sandbox.deliveries()
        for attempt in delivery["attempts"]
    ]
    statuses = list(Payment.objects.values_list("status", flat=True))
    assert set(answers) == {200}
    assert statuses == ["completed"] * len(ROTATION)


def test_what_was_signed_with_an_unknown_secret_comes_again_and_is_taken(
    shop: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> None:
    """The operator was slow to tell the shop of the new secret."""
    webhook = f"{shop.url}/api/payments/webhook"
    settings.STRIPE_WEBHOOK_SECRETS = [OLD]
    sandbox.endpoints({"url": webhook, "secrets": [NEW]})
    payment = pay(sandbox)
    sandbox.wait_until_idle()
    before = Payment.objects.get().status

    settings.STRIPE_WEBHOOK_SECRETS = [NEW, OLD]
    sandbox.advance(60)
    sandbox.wait_until_idle()

    payment.refresh_from_db()
    assert (before, payment.status) == ("pending", "completed")
