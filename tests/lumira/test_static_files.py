"""What production serves: hashed files whose modules and styles find each other."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from pytest_django import Settings

IMPORTED = re.compile(
    r"""^\s*import\s[^"';]*["'](\.[^"']+)["'];|@import url\("([^"]+)"\)""", re.M
)


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = project.STORAGES | {
        "staticfiles": {"BACKEND": "lumira.static_storage.ModuleManifestStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_import_of_a_hashed_file_names_a_hashed_file(collected: Path) -> None:
    imports = [
        (file, (file.parent / (found[1] or found[2])).resolve())
        for kind in ("js", "css")
        for file in (collected / kind).rglob(f"*.*.{kind}")
        for found in IMPORTED.finditer(file.read_text())
    ]

    assert len(imports) > 30
    assert [pair for pair in imports if not pair[1].exists()] == []
    assert [
        pair for pair in imports if not re.search(r"\.[0-9a-f]{12}\.", pair[1].name)
    ] == []


def test_each_file_is_there_compressed_too(collected: Path) -> None:
    sheets = list((collected / "css").glob("main.*.css"))

    assert sheets
    assert all(sheet.with_name(f"{sheet.name}.gz").exists() for sheet in sheets)
