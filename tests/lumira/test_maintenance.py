"""Closed for a while: the shop says so, Stripe sends again, the staff goes on."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from lumira.maintenance import begin_maintenance, end_maintenance, maintenance
from payments.models import ProcessedEvent
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents
from tests.payments.signed_events import deliver, succeeded


@pytest.fixture(autouse=True)
def file(settings: Settings, tmp_path: Path) -> Path:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return tmp_path / "maintenance"


@pytest.fixture
def closed(file: Path) -> Iterator[None]:
    begin_maintenance()
    yield
    end_maintenance()


@pytest.mark.parametrize(
    "address", ["/", "/commande/", "/commandes/", "/confirmation", "/nowhere"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_shop_says_that_it_is_closed_and_asks_no_database(
    client: Client,
    closed: None,
    address: str,
    method: str,
    db: None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        answer = getattr(client, method)(address)
    text = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert answer["Cache-Control"] == "no-store"
    assert "La maison se repose" in text
    assert "ne payez pas une seconde fois" in text


def test_it_speaks_english_too(client: Client, closed: None) -> None:
    answer = client.get("/", headers={"accept-language": "en"})

    assert "do not pay again" in answer.content.decode()


def test_it_says_until_when(client: Client) -> None:
    until = timezone.localtime() + timedelta(minutes=40)
    begin_maintenance(until)

    answer = client.get("/")

    assert f"{until:%H:%M}" in answer.content.decode()
    assert 2300 < int(answer["Retry-After"]) <= 2400


def test_later_than_promised_it_is_asked_again_soon(client: Client) -> None:
    begin_maintenance(timezone.now() - timedelta(minutes=5))

    assert client.get("/")["Retry-After"] == "30"


def test_the_api_says_it_in_json(client: Client, closed: None) -> None:
    answer = client.post(
        "/api/payments/create-payment-intent/", {}, content_type="application/json"
    )

    assert answer.status_code == 503
    assert answer.json()["error"] == "maintenance"
    assert answer.json()["retryAfter"] == 300
    assert "Rien n’a été débité" in answer.json()["message"]


@pytest.mark.django_db(transaction=True)
def test_stripes_news_is_refused_and_taken_when_it_comes_again(client: Client) -> None:
    news = succeeded(make_payment())
    begin_maintenance()
    before = table_contents()

    refused = deliver(client, news)

    assert refused.status_code == 503
    assert table_contents() == before
    end_maintenance()
    taken = deliver(client, news)
    assert taken.status_code == 200
    assert ProcessedEvent.objects.get().processed


@pytest.mark.django_db
def test_the_staff_goes_in_and_those_who_watch_go_on(
    client: Client, closed: None
) -> None:
    assert client.get("/admin/login/").status_code == 200
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["maintenance"]) == (200, True)


@pytest.mark.parametrize("words", ["", "{", "[]", '{"until": 5}', '{"until": "soon"}'])
def test_a_file_written_by_hand_closes_the_shop_too(
    client: Client, file: Path, words: str
) -> None:
    file.write_text(words)

    assert client.get("/").status_code == 503


def test_a_file_that_cannot_be_read_closes_the_shop_too(file: Path) -> None:
    file.mkdir()

    assert maintenance() is not None


def test_a_file_that_is_no_text_closes_the_shop_too(file: Path) -> None:
    file.write_bytes(b"\xff\xfe{")

    assert maintenance() is not None


def test_the_command_closes_and_opens_and_says_which(
    client: Client, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("maintenance", "on", until="45m")
    call_command("maintenance", "on", until="45m")
    closed_now = client.get("/").status_code
    told = json.loads(file.read_text())
    with pytest.raises(SystemExit):
        call_command("maintenance", "status")
    call_command("maintenance", "off")
    call_command("maintenance", "off")
    call_command("maintenance", "status")

    assert closed_now == 503
    assert told["until"]
    assert not file.exists()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" (")[0][:20] for line in lines] == [
        *["The shop is closed u"] * 3,
        *["The shop is open"] * 3,
    ]


@pytest.mark.parametrize("until", ["soon", "25:00", "2020-01-01T10:00", "xm", "-5m"])
def test_a_time_that_makes_no_sense_closes_nothing(file: Path, until: str) -> None:
    with pytest.raises(CommandError):
        call_command("maintenance", "on", until=until)

    assert not file.exists()


def test_an_hour_of_the_clock_is_the_next_one(file: Path) -> None:
    now = timezone.localtime()
    passed = (now - timedelta(minutes=2)).strftime("%H:%M")

    call_command("maintenance", "on", until=passed)

    closed = maintenance()
    assert closed
    assert closed.until
    assert timedelta(hours=22) < closed.until - now < timedelta(hours=25)
