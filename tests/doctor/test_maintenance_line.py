"""Doctor says that the shop is closed, and whether somebody forgot to open it."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lumira.maintenance import begin_maintenance
from payments.doctor import site, webhook
from tests.doctor.asking import only


@pytest.fixture
def maintenance_file(settings: Settings, tmp_path: Path) -> Path:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return tmp_path / "maintenance"


@pytest.mark.parametrize(
    ("minutes", "level", "what"),
    [(None, "warning", "is closed"), (30, "warning", "until"), (-1, "wrong", "should")],
)
def test_a_shop_that_is_closed(
    maintenance_file: Path, minutes: int | None, level: str, what: str
) -> None:
    until = None if minutes is None else now() + timedelta(minutes=minutes)
    begin_maintenance(until)

    found = only(site.check_maintenance)

    assert found.level == level
    assert what in found.what
    assert "maintenance off" in found.mend


def test_until_when_it_is_closed_is_told_in_the_clock_of_the_others(
    maintenance_file: Path,
) -> None:
    begin_maintenance(datetime(2031, 7, 14, 18, 30, tzinfo=ZoneInfo("Europe/Paris")))

    assert "14/07 16:30 UTC" in only(site.check_maintenance).what


def test_a_shop_that_is_open(maintenance_file: Path) -> None:
    assert only(site.check_maintenance).level == "ok"


@pytest.mark.django_db(transaction=True)
def test_the_webhook_that_is_closed_with_it(
    maintenance_file: Path, live_server: LiveServer, settings: Settings
) -> None:
    settings.SITE_URL = live_server.url
    begin_maintenance()

    found = only(webhook.check_address)

    assert found.level == "wrong"
    assert "maintenance off" in found.mend
