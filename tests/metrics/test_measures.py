"""How things stand is asked of the database, whatever this process has seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from huey.contrib.djhuey import HUEY
from pytest_django import DjangoAssertNumQueries, Settings

from lumira.outbox.models import MAX_ATTEMPTS, Message
from lumira.tasks import say_still_here
from lumira.worker_life import SEEN
from payments.models import Payment, ReconcileRun
from payments.monitoring.alarms import alarm
from payments.status import DisputeStatus, PaymentStatus, SubscriptionStatus
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
)
from tests.factories.subscriptions import make_subscription
from tests.metrics.scraping import scrape

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=3)
HALF_A_DAY = timedelta(hours=12)


def make_refused(code: str = "card_declined", **fields: object) -> Payment:
    return make_payment(status=PaymentStatus.FAILED, failure_code=code, **fields)


def make_paid(**fields: object) -> Payment:
    return make_payment(
        status=PaymentStatus.COMPLETED, **{"completed_at": now(), **fields}
    )


def test_attempts_by_outcome_in_each_window(client: Client) -> None:
    for _paid in range(3):
        make_paid()
    make_refused()
    make_payment()
    make_refused("expired_card", created_at=now() - HALF_A_DAY)
    make_refused(created_at=now() - LONG_AGO)

    found = scrape(client)

    def attempts(window: str) -> list[float | None]:
        return [
            found("lumira_attempts", window=window, outcome=outcome)
            for outcome in ("succeeded", "failed", "undecided")
        ]

    assert attempts("recent") == [3, 1, 1]
    assert attempts("day") == [3, 2, 1]
    codes = [
        found("lumira_attempts_failed", window=window, code=code)
        for window in ("recent", "day")
        for code in ("card_declined", "expired_card")
    ]
    assert codes == [1, None, 1, 1]


def test_the_recent_window_is_the_one_of_the_workers_alerts(
    client: Client, settings: Settings
) -> None:
    settings.MONITORING_WINDOW = timedelta(minutes=10)
    make_refused(created_at=now() - timedelta(minutes=11))

    found = scrape(client)

    assert found("lumira_attempts", window="recent", outcome="failed") == 0


def test_what_came_in_by_currency(client: Client) -> None:
    make_paid(amount=7900)
    make_paid(amount=2900)
    make_paid(amount=500, currency="jpy")
    make_paid(amount=1000, completed_at=now() - HALF_A_DAY)
    make_paid(amount=1, completed_at=now() - LONG_AGO)

    found = scrape(client)

    sums, numbers = "lumira_collected_minor_units", "lumira_collected_payments"
    assert found(sums, window="recent", currency="eur") == 10_800
    assert found(numbers, window="recent", currency="eur") == 2
    assert found(sums, window="day", currency="eur") == 11_800
    assert found(numbers, window="day", currency="eur") == 3
    assert found(sums, window="day", currency="jpy") == 500


def test_events_that_wait_and_the_newest(client: Client) -> None:
    moment = now() - timedelta(minutes=7)
    make_event("evt_1", "pi_1", received_at=moment - timedelta(hours=1))
    make_event("evt_2", "pi_2", received_at=moment, processed=False)

    found = scrape(client)

    assert found("lumira_webhook_events_unprocessed") == 1
    newest = found("lumira_webhook_last_event_timestamp_seconds")
    assert newest == pytest.approx(moment.timestamp(), abs=0.01)


def test_the_last_comparison_with_stripe(client: Client) -> None:
    moment = now() - timedelta(minutes=4)
    make_run = ReconcileRun.objects.create
    make_run(by="worker", started_at=moment, finished_at=moment, left=[{}, {}])
    make_run(by="claire", is_dry=True, started_at=now(), finished_at=now(), left=[{}])
    make_run(by="worker", started_at=now())

    found = scrape(client)

    last = found("lumira_reconcile_last_run_timestamp_seconds")
    assert last == pytest.approx(moment.timestamp(), abs=0.01)
    assert found("lumira_reconcile_drift_left") == 2


def test_disputes_by_their_deadline(client: Client) -> None:
    for number, (status, due_by) in enumerate(
        [
            (DisputeStatus.NEEDS_RESPONSE, now() - timedelta(hours=1)),
            (DisputeStatus.NEEDS_RESPONSE, now() + timedelta(hours=47)),
            (DisputeStatus.WARNING_NEEDS_RESPONSE, now() + timedelta(hours=49)),
            (DisputeStatus.NEEDS_RESPONSE, None),
            (DisputeStatus.UNDER_REVIEW, now() + timedelta(hours=1)),
        ]
    ):
        make_dispute(
            make_payment(), stripe_id=f"dp_{number}", status=status, due_by=due_by
        )
    make_fraud_warning(make_payment())

    found = scrape(client)

    waiting = {
        due: found("lumira_disputes_to_answer", due=due)
        for due in ("late", "soon", "later")
    }
    assert waiting == {"late": 1, "soon": 1, "later": 2}
    assert found("lumira_fraud_warnings_to_act_on") == 1


def test_subscriptions_that_have_not_ended(client: Client) -> None:
    make_subscription(status=SubscriptionStatus.ACTIVE)
    make_subscription(status=SubscriptionStatus.CANCELED)

    found = scrape(client)

    assert found("lumira_subscriptions", status="active") == 1
    assert found("lumira_subscriptions", status="past_due") == 0
    assert found("lumira_subscriptions", status="canceled") is None


def test_the_outbox(client: Client) -> None:
    make_message = Message.objects.create
    make_message(key="sent", topic="x", sent_at=now())
    make_message(key="waits", topic="x", created_at=now() - timedelta(seconds=90))
    make_message(key="new", topic="x")
    make_message(
        key="dead", topic="x", attempts=MAX_ATTEMPTS, created_at=now() - LONG_AGO
    )

    found = scrape(client)

    assert found("lumira_outbox_waiting") == 2
    assert found("lumira_outbox_dead") == 1
    assert 90 <= (found("lumira_outbox_oldest_waiting_seconds") or 0) < 150


def test_the_queue_and_its_worker(client: Client) -> None:
    HUEY.delete(SEEN)
    before = scrape(client)

    say_still_here()

    after = scrape(client)
    assert before("lumira_worker_last_seen_timestamp_seconds") is None
    seen = after("lumira_worker_last_seen_timestamp_seconds")
    assert seen == pytest.approx(now().timestamp(), abs=60)
    assert after("lumira_queue_tasks_waiting") == 0


def test_the_settings_that_alerts_are_made_of(
    client: Client, settings: Settings
) -> None:
    settings.FAILURE_RATE_THRESHOLD = 0.25

    found = scrape(client)

    assert found("lumira_alert_threshold", of="failure_ratio") == 0.25


def test_the_workers_alarms_that_are_in_force(client: Client) -> None:
    alarm("drift", at=now(), facts={"number": 1})
    alarm("stripe_error", about="APIError", at=now(), facts={})
    alarm("stripe_error", about="RateLimitError", at=now(), facts={})

    found = scrape(client)

    numbers = {
        kind: found("lumira_alarms", kind=kind)
        for kind in ("drift", "stripe_error", "dead_letters")
    }
    assert numbers == {"drift": 1, "stripe_error": 2, "dead_letters": 0}


def test_money_that_came_without_a_word_of_stripes(client: Client) -> None:
    before = scrape(client)
    make_paid(completed_at=now() - timedelta(hours=2))

    after = scrape(client)

    assert before("lumira_webhook_silent") == 0
    assert after("lumira_webhook_silent") == 1


def test_everything_is_few_questions(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(16):
        scrape(client)


def test_a_second_scrape_within_seconds_asks_nothing(
    client: Client,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.MEASURES_CACHE_S = 60
    scrape(client)

    with django_assert_num_queries(0):
        found = scrape(client)

    assert found("lumira_outbox_waiting") is not None
