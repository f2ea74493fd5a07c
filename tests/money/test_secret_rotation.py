"""The webhook's secret is rolled while customers pay: no event is turned away."""

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from payments.models import Payment
from tests.factories.orders import make_order
from tests.lumira.under_load import Load
from tests.money.books import pay
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "whsec_old", "whsec_new"
# How many buy at a time, and how often each with each set of secrets, at least.
BUYERS, AT_LEAST = 3, 3
# What the shop knows, and what Stripe signs with, one step after the other.
ROTATION: list[tuple[list[str], list[str]]] = [
    ([OLD], [OLD]),
    ([OLD], [OLD, NEW]),  # rolled at Stripe: both sign for a day
    ([NEW, OLD], [OLD, NEW]),
    ([NEW, OLD], [NEW]),
    ([NEW], [NEW]),
]


def _answers(sandbox: SandboxProcess) -> list[int]:
    """What the shop answered to each attempt to tell it something."""
    return [
        attempt["status"]
        for delivery in sandbox.deliveries()
        for attempt in delivery["attempts"]
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

    statuses = list(Payment.objects.values_list("status", flat=True))
    assert set(_answers(sandbox)) == {200}
    assert statuses == ["completed"] * len(ROTATION)


def test_nor_while_many_pay_at_the_same_time(
    shop: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> None:
    """The day on which Stripe signs with both: the shop changes over within it."""
    webhook = f"{shop.url}/api/payments/webhook"
    settings.STRIPE_WEBHOOK_SECRETS = [OLD]
    sandbox.endpoints({"url": webhook, "secrets": [OLD, NEW]})
    first = make_order()
    load = Load()

    def buy() -> str:
        pay(sandbox, make_order(service=first.service, expert=first.expert))
        return ""

    for number in range(BUYERS):
        load.keep_doing(f"customer {number}", buy)
    try:
        for known in ([OLD], [NEW, OLD], [NEW]):
            settings.STRIPE_WEBHOOK_SECRETS = known
            load.go_on(AT_LEAST)
    finally:
        load.end()
    sandbox.wait_until_idle(60)

    statuses = list(Payment.objects.values_list("status", flat=True))
    assert load.problems == []
    assert len(statuses) >= 3 * AT_LEAST * BUYERS
    assert set(statuses) == {"completed"}
    assert set(_answers(sandbox)) == {200}


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
