"""The units of ops/systemd start what exists, with what they may touch."""

from configparser import ConfigParser
from pathlib import Path

import pytest
from django.conf import settings

from lumira.settings.web import STOP_PATIENCE_S
from tests.operate.commands import ROOT, assert_runs, known_variables

FOLDER = ROOT / "ops/systemd"
UNITS = sorted(FOLDER.glob("lumira-*.*"), key=lambda path: path.name)
SERVICES = [path.stem for path in UNITS if path.suffix == ".service"]
CHECKOUT, STATE = "/srv/lumira/", "/var/lib/lumira"


def lines(path: Path, section: str, name: str) -> list[str]:
    """The values of all lines of that name; systemd lets a name come twice."""
    found, here = [], ""
    for line in path.read_text().splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        elif here == section and line.partition("=")[0] == name:
            found.append(line.partition("=")[2])
    return found


def environment() -> dict[str, str]:
    common = FOLDER / "lumira-.service.d/common.conf"
    told = lines(common, "Service", "Environment")
    return dict(line.split("=", 1) for line in told)


def test_there_is_a_unit_for_each_process_of_the_procfile() -> None:
    wanted = [
        line.partition(":")[0]
        for line in (ROOT / "Procfile").read_text().splitlines()
        if ":" in line
    ]

    assert {f"lumira-{name}" for name in wanted} <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_starts_exists(name: str) -> None:
    unit = FOLDER / f"{name}.service"
    started = lines(unit, "Service", "ExecStart")
    started += lines(unit, "Service", "ExecStartPre")

    assert started
    for line in started:
        # A + stands for root, outside of the sandbox.
        assert line.removeprefix("+").startswith(f"{CHECKOUT}.venv/bin/python "), line
        assert_runs(line.removeprefix("+"))


@pytest.mark.parametrize("name", ["lumira-web", "lumira-worker"])
def test_systemd_waits_longer_than_we_take_to_stop(name: str) -> None:
    [patience] = lines(FOLDER / f"{name}.service", "Service", "TimeoutStopSec")

    assert int(patience) > STOP_PATIENCE_S


def test_the_variables_exist_and_lead_where_writing_is_allowed() -> None:
    told = environment()
    paths = {name: value for name, value in told.items() if "/" in value}

    assert set(told) - {"PYTHONDONTWRITEBYTECODE"} <= known_variables()
    assert all(STATE in value for value in paths.values()), paths
    assert {"DATABASE_URL", "QUEUE_FILE", "MEDIA_URL_STORAGE", "METRICS_FOLDER"} <= set(
        paths
    )


def test_units_name_only_units_that_are_here() -> None:
    """A unit that is renamed must not be waited for under its old name."""
    here = {path.name for path in UNITS}
    for unit in UNITS:
        parser = ConfigParser(strict=False, interpolation=None, allow_no_value=True)
        if not unit.is_file():
            continue
        parser.read_string(unit.read_text())
        for name in ("requires", "after", "wants"):
            words = parser.get("Unit", name, fallback="").split()
            ours = {word for word in words if word.startswith("lumira-")}
            assert ours <= here, unit.name


def test_the_socket_listens_where_the_web_would() -> None:
    [address] = lines(FOLDER / "lumira-web.socket", "Socket", "ListenStream")

    assert address == f"127.0.0.1:{settings.PORT}"
