"""Who may read /metrics."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.metrics.scraping import TOKEN

pytestmark = pytest.mark.django_db


def test_the_token_opens(client: Client) -> None:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer["Cache-Control"]
    assert b"lumira_outbox_waiting 0.0" in answer.content


@pytest.mark.parametrize(
    "shown",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer é"],
)
def test_anything_else_does_not(client: Client, shown: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": shown})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"lumira" not in answer.content


def test_the_token_in_the_address_opens_nothing(client: Client) -> None:
    answer = client.get(f"/metrics?token={TOKEN}")

    assert answer.status_code == 401


@pytest.mark.parametrize("environment", ["production", "test"])
def test_without_a_token_there_is_no_such_page(
    client: Client, settings: Settings, environment: str
) -> None:
    settings.METRICS_TOKEN = ""
    settings.ENVIRONMENT = environment

    answer = client.get("/metrics", headers={"Authorization": "Bearer "})

    assert answer.status_code == 404


def test_on_a_developers_machine_it_is_open(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    settings.ENVIRONMENT = "development"

    answer = client.get("/metrics")

    assert answer.status_code == 200


def test_it_is_read_only(client: Client) -> None:
    assert client.post("/metrics").status_code == 405
