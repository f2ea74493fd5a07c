"""Doctor about the way of Stripe's events: two of the three classic symptoms."""

from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from payments.actions.confirm_payment import confirm_payment
from payments.doctor import site, webhook, work
from payments.models import ProcessedEvent
from payments.webhooks.registry import acted_on
from tests.doctor.asking import only
from tests.factories.payments import make_event
from tests.payments.canned_stripe import CannedStripe, canned_stripe
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver, succeeded
from tests.sandbox_process import SECRET_KEY, SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
VERSION = "2026-10-28.endive"


def endpoint(shop: LiveServer, **fields: Any) -> dict[str, Any]:
    return {
        "url": f"{shop.url}/api/payments/webhook",
        "secrets": ["whsec_tests"],
        **fields,
    }


def sell(sandbox: SandboxProcess) -> None:
    """Paid, and known to us because we asked; its events try to arrive."""
    payment = open_purchase()
    sandbox.pay(str(payment.intent_id))
    confirm_payment(payment, by="customer")


@pytest.fixture
def front() -> Iterator[CannedStripe]:
    """Something that stands where the shop should."""
    with canned_stripe() as somebody:
        yield somebody


def test_an_endpoint_that_nobody_made(
    healthy: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.endpoints({"url": "https://other.example/api/payments/webhook"})

    found = only(webhook.check_endpoint)

    assert found.level == "wrong"
    assert "https://other.example" in found.what


def test_a_disabled_endpoint(healthy: LiveServer, sandbox: SandboxProcess) -> None:
    [made] = sandbox.endpoints(endpoint(healthy))
    api = stripe.StripeClient(SECRET_KEY, base_addresses={"api": sandbox.url}).v1
    api.webhook_endpoints.update(made["id"], {"disabled": True})

    found = only(webhook.check_endpoint)

    assert found.level == "wrong"
    assert "disabled" in found.what


def test_events_that_are_not_sent_are_named(
    healthy: LiveServer, sandbox: SandboxProcess
) -> None:
    some = sorted(acted_on() - {"refund.failed", "invoice.paid"})
    sandbox.endpoints(endpoint(healthy, enabled_events=some))

    found = only(webhook.check_endpoint)

    assert found.level == "wrong"
    assert "does not send invoice.paid, refund.failed" in found.what


def test_exactly_the_events_we_need_are_in_order(
    healthy: LiveServer, sandbox: SandboxProcess
) -> None:
    events = [*sorted(acted_on()), "customer.created"]
    sandbox.endpoints(endpoint(healthy, enabled_events=events))

    found = only(webhook.check_endpoint)

    assert found.level == "ok"
    assert "1 that nobody acts on" in found.what


@pytest.mark.parametrize(
    ("version", "expected"),
    [(VERSION, "ok"), ("2024-06-20", "wrong"), (None, "warning")],
)
def test_an_endpoint_of_another_version(
    front: CannedStripe, settings: Settings, version: str | None, expected: str
) -> None:
    settings.STRIPE_API_BASE = front.url
    listed = {
        "id": "we_1",
        "object": "webhook_endpoint",
        "url": f"{settings.SITE_URL}/api/payments/webhook",
        "status": "enabled",
        "livemode": False,
        "api_version": version,
        "enabled_events": ["*"],
    }
    front.will_say(
        200,
        {
            "object": "list",
            "url": "/v1/webhook_endpoints",
            "has_more": False,
            "data": [listed],
        },
    )

    assert only(webhook.check_endpoint).level == expected


def test_signature_verification_failed(
    healthy: LiveServer, sandbox: SandboxProcess
) -> None:
    """The first symptom: all is right but the secret."""
    sandbox.endpoints(endpoint(healthy, secrets=["whsec_of_another_endpoint"]))
    sell(sandbox)
    sandbox.control("GET", "wait", timeout_s=0.5)

    found = only(webhook.check_arrival)
    sandbox.webhooks(False)

    assert only(webhook.check_endpoint).level == "ok"
    assert only(webhook.check_address).level == "ok"
    assert found.level == "wrong"
    assert "STRIPE_WEBHOOK_SECRET is not the signing secret" in found.mend
    assert not ProcessedEvent.objects.exists()


def test_events_that_cannot_reach_the_address(
    healthy: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> None:
    """The third symptom."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.SITE_URL = "http://127.0.0.1:1"
    sandbox.endpoints(
        {"url": f"{settings.SITE_URL}/api/payments/webhook", "secrets": ["whsec_x"]}
    )
    sell(sandbox)

    found = only(webhook.check_arrival)
    sandbox.webhooks(False)

    assert found.level == "wrong"
    assert "is the web running" in found.mend
    assert only(webhook.check_address).level == "wrong"
    assert only(site.check_address).level == "wrong"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, "not this shop"),
        (301, "does not follow"),
        (404, "not this shop"),
        (503, "STRIPE_WEBHOOK_SECRET"),
    ],
)
def test_something_that_stands_in_front(
    front: CannedStripe,
    sandbox: SandboxProcess,
    settings: Settings,
    status: int,
    said: str,
) -> None:
    settings.SITE_URL = front.url
    front.status = status

    found = only(webhook.check_address)

    assert found.level == "wrong"
    assert said in found.what + found.mend


def test_an_event_that_failed_here(healthy: LiveServer) -> None:
    make_event("evt_1", "pi_1", processed=False)

    found = only(work.check_events)

    assert found.level == "wrong"
    assert "replay_event" in found.mend


def test_what_arrived_is_told_with_its_moment(
    healthy: LiveServer, sandbox: SandboxProcess, client: Client
) -> None:
    payment = open_purchase()
    deliver(client, succeeded(payment))

    found = only(webhook.check_arrival)

    assert found.level == "ok"
    assert "last arrived at" in found.what


def test_sales_without_any_event(healthy: LiveServer, sandbox: SandboxProcess) -> None:
    sandbox.webhooks(False)
    sandbox.endpoints()
    sell(sandbox)

    found = only(webhook.check_arrival)

    assert found.level == "warning"
    assert "no event ever arrived" in found.what
