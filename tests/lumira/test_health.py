import time
from collections.abc import Iterator

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from huey.contrib.djhuey import HUEY
from pytest_django import DjangoAssertNumQueries, Settings

from lumira.tasks import say_still_here
from lumira.worker_life import SEEN

NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _no_worker() -> Iterator[None]:
    """The queue of a test is its process's memory: others left a sign there."""
    HUEY.delete(SEEN)
    yield
    HUEY.delete(SEEN)


def test_alive_needs_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_when_database_migrations_and_queue_are_there(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": True,
        "migrations": True,
        "queue": True,
        "worker_seen_seconds_ago": None,
        "maintenance": False,
        "environment": "test",
    }


@pytest.mark.django_db
def test_a_second_look_asks_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")

    with django_assert_max_num_queries(4):
        answer = client.get("/readyz")

    assert answer.json()["migrations"]


@pytest.mark.django_db
def test_a_worker_says_every_minute_that_it_lives(client: Client) -> None:
    say_still_here()

    answer = client.get("/readyz")

    assert answer.json()["worker_seen_seconds_ago"] in (0, 1)


@pytest.mark.django_db
def test_a_worker_that_is_away_is_said_and_the_shop_goes_on(client: Client) -> None:
    HUEY.put(SEEN, time.time() - 600)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert 600 <= answer.json()["worker_seen_seconds_ago"] <= 660


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="payments").delete()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["migrations"]) == (False, False)


@pytest.mark.django_db
def test_stripe_being_away_does_not_take_the_shop_away(
    client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = NOBODY

    answer = client.get("/readyz")

    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_read_only(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
