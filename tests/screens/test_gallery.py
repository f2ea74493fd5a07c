"""The pictures that the documentation shows are there, and none is left over."""

import re
from pathlib import Path

from django.conf import settings

from tests.screens.axe import HERE
from tests.screens.gallery import FOLDER, all_names, gallery

MOST_BYTES = 3_000_000


def shown_in(file: Path) -> set[Path]:
    """The pictures that a page of documentation shows."""
    text = file.read_text()
    names = re.findall(r'!\[[^]]*\]\(([^)]+)\)|<img src="([^"]+)"', text)
    return {(file.parent / (one or other)).resolve() for one, other in names}


def test_every_state_has_its_pictures_and_no_picture_is_left_over() -> None:
    there = {file.name for file in FOLDER.glob("*.webp")}

    assert {name for name in there if not name.startswith("staff-")} == all_names()


def test_the_gallery_shows_them_all() -> None:
    file = FOLDER / "README.md"

    assert file.read_text() == gallery(), "make screens"
    assert {picture.name for picture in shown_in(file)} == all_names()


def test_the_documentation_shows_only_pictures_that_are_there() -> None:
    base = Path(settings.BASE_DIR)
    shown = {
        picture
        for file in (base / "README.md", *(base / "docs").glob("*.md"))
        for picture in shown_in(file)
    }

    assert len(shown) > 5
    assert [picture for picture in shown if not picture.exists()] == []


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("*.webp")) < MOST_BYTES


def test_the_lock_file_names_no_host() -> None:
    lock = (HERE / "package-lock.json").read_text()

    assert "://" not in lock
    assert '"resolved"' not in lock
