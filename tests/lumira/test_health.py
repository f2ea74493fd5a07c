import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

NOBODY = "http://127.0.0.1:9"


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
        "environment": "test",
    }


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
