"""What production serves: few files, hashed and compressed, that find each other."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from lumira.module_bundle import NotBundled
from lumira.static_storage import bundled

NAMED = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.")


@pytest.fixture
def manifest(built_files: Path) -> dict[str, str]:
    """Source's name → the name it is served under."""
    names = json.loads((built_files / "staticfiles.json").read_text())["paths"]
    assert isinstance(names, dict)
    return names


def test_every_file_that_a_template_names_is_there(
    built_files: Path, manifest: dict[str, str]
) -> None:
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    named = {name for page in templates for name in NAMED.findall(page.read_text())}

    assert len(named) > 8
    assert named - manifest.keys() == set()
    assert [name for name in named if not HASHED.search(manifest[name])] == []
    assert [name for name in named if not (built_files / manifest[name]).exists()] == []


def test_no_bundle_sends_the_browser_for_another_part(
    built_files: Path, manifest: dict[str, str]
) -> None:
    bundles = {
        name: (built_files / served).read_text()
        for name, served in manifest.items()
        if name.startswith(("css/", "js/")) and name.endswith((".css", ".js"))
    }

    assert {"css/main.css", "js/pages/pay.js"} <= bundles.keys()
    assert [name for name, text in bundles.items() if "@import" in text] == []
    assert [
        name
        for name, text in bundles.items()
        if name.endswith(".js") and re.search(r"^\s*(import|export)\b", text, re.M)
    ] == []


def test_the_sheet_keeps_its_layers_and_names_hashed_fonts(
    built_files: Path, manifest: dict[str, str]
) -> None:
    sheet = (built_files / manifest["css/main.css"]).read_text()

    layers = list(dict.fromkeys(re.findall(r"@layer (\w+)", sheet)))
    fonts = re.findall(r"url\(([^)]+woff2)", sheet)
    assert layers == ["tokens", "base", "components", "pages"]
    assert len(fonts) >= 3
    assert all(HASHED.search(font) for font in fonts)
    assert all((built_files / "css" / font.strip("\"'")).exists() for font in fonts)


def test_sheets_and_scripts_are_there_compressed_too(
    built_files: Path, manifest: dict[str, str]
) -> None:
    for name in ("css/main.css", "js/pages/pay.js"):
        served = built_files / manifest[name]
        sizes = [
            served.with_name(served.name + ending).stat().st_size
            for ending in ("", ".gz")
        ]

        assert sizes == sorted(sizes, reverse=True)


def test_a_sheet_elsewhere_that_names_a_file_is_refused(tmp_path: Path) -> None:
    storage = FileSystemStorage(tmp_path)
    (tmp_path / "css" / "parts").mkdir(parents=True)
    (tmp_path / "css" / "main.css").write_text('@import url("parts/moon.css");')
    (tmp_path / "css" / "parts" / "moon.css").write_text("a{background:url(moon.svg)}")
    names = ["css/main.css", "css/parts/moon.css"]

    with pytest.raises(NotBundled, match="parts/moon.css names another file"):
        bundled({name: (storage, name) for name in names})
