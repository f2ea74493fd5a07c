from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: Path) -> None:
    """Files are not undone as rows are: another test's would be found here."""
    private = {**settings.STORAGES["default"]}
    private["OPTIONS"] = {**private["OPTIONS"], "location": tmp_path / "private"}
    settings.STORAGES = {**settings.STORAGES, "default": private}
