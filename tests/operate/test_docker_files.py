"""Docker cannot run here: its files are read, and what they name is looked for."""

import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_django.live_server_helper import LiveServer

from lumira.settings.web import STOP_PATIENCE_S
from tests.lumira.starting import OPTIONAL, PRODUCTION
from tests.operate.commands import ROOT, assert_runs, known_variables

FOLDER = ROOT / "ops/docker"
DOCKERFILE = (FOLDER / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name in SERVICES if SERVICES[name]["image"] == "lumira")
NOT_OURS = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PATH"}


def instructions(name: str) -> list[str]:
    """What follows this word at the beginning of a line."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)


def copied() -> list[str]:
    return [
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    ]


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    kept = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]

    for source in copied():
        assert (ROOT / source).exists(), source
        assert any(source == one or fnmatch(source, f"{one}/*") for one in kept), source


def test_every_package_of_ours_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert packages <= set(copied())


def test_the_image_runs_as_nobody_in_particular_with_what_exists() -> None:
    assert instructions("USER") == ["lumira"]
    for line in [*instructions("CMD"), *re.findall(r"CMD (\[.*\])", DOCKERFILE)]:
        assert_runs(yaml.safe_load(line))


def test_its_variables_are_those_of_the_shop() -> None:
    in_image = {
        word.partition("=")[0]
        for line in instructions("ENV")
        for word in line.split()
        if "=" in word
    }
    in_compose = {name for one in OURS for name in SERVICES[one]["environment"]}

    assert in_image | in_compose <= known_variables() | NOT_OURS
    assert {"ENVIRONMENT", "QUEUE_FILE", "MEDIA_URL_STORAGE"} <= in_image


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_what_exists(name: str) -> None:
    assert_runs(SERVICES[name]["command"])


@pytest.mark.parametrize("name", ["web", "worker"])
def test_docker_waits_longer_than_we_take_to_stop(name: str) -> None:
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > STOP_PATIENCE_S


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_names_only_what_the_file_declares(name: str) -> None:
    service = SERVICES[name]
    for other, condition in service.get("depends_on", {}).items():
        wanted = condition["condition"]
        assert other in SERVICES
        if wanted == "service_completed_successfully":
            assert SERVICES[other]["restart"] == "no"
        else:
            assert "test" in SERVICES[other]["healthcheck"]
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    volumes = {one.partition(":")[0] for one in service.get("volumes", [])}
    assert volumes <= set(COMPOSE["volumes"])


def test_only_the_web_can_be_reached_and_from_this_machine_only() -> None:
    published = {name: SERVICES[name].get("ports") for name in SERVICES}

    assert {name for name in published if published[name]} == {"web"}
    assert published["web"] == ["127.0.0.1:3001:3001"]
    for name in ("mongodb", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"]


def test_the_static_files_are_collected_with_values_that_start_the_shop(
    tmp_path: Path,
) -> None:
    script = (FOLDER / "collect_static.sh").read_text()
    script = script.replace("collectstatic --no-input --verbosity 0", "check")
    script = script.replace("/tmp/build", f"{tmp_path}/build")
    kept = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    # Empty counts as missing, and hides what .env says.
    empty = dict.fromkeys([*PRODUCTION, *OPTIONAL], "")

    done = subprocess.run(
        ["sh", "-c", script],
        cwd=ROOT,
        env=empty | kept,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(transaction=True)
def test_the_health_check_tells_a_web_that_lives_from_one_that_does_not(
    live_server: LiveServer,
) -> None:
    def ask(port: str) -> int:
        done = subprocess.run(
            [sys.executable, FOLDER / "healthcheck.py"],
            env={"PORT": port, "ALLOWED_HOSTS": " localhost , lumira.example"},
            stderr=subprocess.DEVNULL,
        )
        return done.returncode

    assert ask(str(live_server.thread.port)) == 0
    assert ask("1") == 1
