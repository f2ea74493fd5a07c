"""What happens to the money is counted at the place where it happens."""

import time

import pytest
from django.test import Client

from payments.actions.settlement import apply_intent
from payments.gateway import WebhookEvent
from payments.metrics.counters import known_code
from payments.webhooks.registry import Change, on
from tests.api.calling import create
from tests.factories.catalogue import make_service
from tests.factories.payments import make_payment
from tests.metrics.scraping import scrape
from tests.payments.signed_events import (
    canceled,
    deliver,
    event,
    post_raw,
    succeeded,
)
from tests.payments.snapshots import declined
from tests.sandbox_process import SandboxProcess

# Counted after the commit: so there must be one.
pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = "lumira_webhook_events_total"
SUCCEEDED = "payment_intent.succeeded"


def test_a_payment_that_arrives_is_counted_once(client: Client) -> None:
    happened = succeeded(make_payment())
    before = scrape(client)

    deliver(client, happened)
    deliver(client, happened)

    after = scrape(client)
    assert after.since(before, "lumira_payments_total", outcome="completed") == 1
    assert after.since(before, EVENTS, type=SUCCEEDED, outcome="applied") == 1
    assert after.since(before, EVENTS, type=SUCCEEDED, outcome="duplicate") == 1
    assert after.since(before, "lumira_webhook_lag_seconds_count") == 1


def test_a_refusal_is_counted_with_its_code(client: Client) -> None:
    payment = make_payment()
    refused = declined(payment, "insufficient_funds")
    before = scrape(client)

    for _repeat in range(2):
        apply_intent(payment, refused, by="stripe")

    after = scrape(client)
    code = {"code": "insufficient_funds"}
    assert after.since(before, "lumira_payments_total", outcome="failed") == 1
    assert after.since(before, "lumira_payment_failures_total", **code) == 1


def test_an_attempt_that_is_given_up_is_counted(client: Client) -> None:
    payment = make_payment(intent_id=None)
    before = scrape(client)

    for _repeat in range(2):
        payment.close_without_intent()

    after = scrape(client)
    assert after.since(before, "lumira_payments_total", outcome="cancelled") == 1


def test_a_code_that_is_new_at_stripe_is_not_a_line_of_its_own() -> None:
    assert known_code("card_declined", "insufficient_funds") == "insufficient_funds"
    assert known_code("card_declined", "made_up_in_2031") == "card_declined"
    assert known_code("made_up_in_2031") == "other"
    assert known_code("") == "other"


def test_a_forgery_is_counted_and_names_nothing_of_its_own(client: Client) -> None:
    before = scrape(client)

    post_raw(client, b'{"type": "made.up"}', "t=1,v1=forged")

    after = scrape(client)
    assert after.since(before, EVENTS, type="other", outcome="bad_signature") == 1
    assert after.names == before.names


def test_types_we_do_not_act_on_are_one_line(client: Client) -> None:
    before = scrape(client)

    for kind in ("charge.expired", "balance.available"):
        deliver(client, event(kind, {"id": "x", "object": "x"}))

    after = scrape(client)
    assert after.since(before, EVENTS, type="other", outcome="ignored") == 2


def test_the_lag_is_from_stripes_clock_to_the_effect(client: Client) -> None:
    two_minutes_ago = int(time.time()) - 120
    before = scrape(client)

    deliver(client, canceled(make_payment()) | {"created": two_minutes_ago})

    after = scrape(client)
    assert 120 <= after.since(before, "lumira_webhook_lag_seconds_sum") < 180
    bucket = "lumira_webhook_lag_seconds_bucket"
    assert after.since(before, bucket, le="60.0") == 0
    assert after.since(before, bucket, le="300.0") == 1


@on("metrics.broken")
def _break(_event: WebhookEvent) -> Change:
    raise RuntimeError


def test_an_event_that_fails_is_counted_as_failed(client: Client) -> None:
    before = scrape(client)

    answer = deliver(client, event("metrics.broken", {"id": "x", "object": "x"}))

    after = scrape(client)
    assert answer.status_code == 500
    assert after.since(before, EVENTS, type="metrics.broken", outcome="failed") == 1


def test_a_checkout_is_counted_once_and_so_are_its_calls_to_stripe(
    client: Client, sandbox: SandboxProcess
) -> None:
    make_service(slug="premium")
    wanted = {"productId": "premium", "customerEmail": "new@example.org"}
    before = scrape(client)

    for _repeat in range(2):
        assert create(client, wanted, X_Request_Id="once").status_code == 200

    after = scrape(client)
    calls = {"operation": "POST payment_intents", "outcome": "ok"}
    assert after.since(before, "lumira_checkouts_begun_total", kind="once") == 1
    assert after.since(before, "lumira_stripe_call_seconds_count", **calls) == 1
