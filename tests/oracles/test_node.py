"""Node's judges are never silent in CI, and elsewhere they say why they are."""

from pathlib import Path

import pytest

from tests.oracles.node import installed
from tests.oracles.type_check import HERE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Something to install, on a machine without npm."""
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_npm_a_developer_sees_why_nothing_ran(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="npm is missing"):
        installed(folder)


def test_without_npm_ci_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="npm is missing"):
        installed(folder)


def test_the_lock_file_pins_without_naming_a_host() -> None:
    text = (HERE / "package-lock.json").read_text()

    assert "://" not in text
    assert '"@stripe/cli": "1.52.0"' in text
