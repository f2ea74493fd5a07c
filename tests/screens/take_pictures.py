"""Take the pictures of docs/screens again: `make screens`.

pytest runs it only when it is named, so that a run of the tests leaves them alone.
"""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tests.screens.catalogue import STATES
from tests.screens.gallery import FOLDER, IN_README, all_names, gallery, names_of
from tests.screens.mails import PICTURED, html_of
from tests.screens.stage import Stage
from tests.screens.state import State

DESK, PHONE, LETTER = (1280, 860), (390, 844), (640, 700)
# In pixels of the page: what comes below is cut off.
TALLEST = {DESK: 1150, PHONE: 1150, LETTER: 1150}
# What a picture is scaled to: shown smaller still. Those of the README are larger.
STORED_WIDTH = {DESK: 640, PHONE: 260, LETTER: 380}
LARGER = 960
MOST_BYTES = 60_000
# Frames of others paint when they are asked to; those that are not seen never do.
PAINTED = """() => Promise.race([
  document.fonts.ready.then(() => new Promise(
    (done) => requestAnimationFrame(() => requestAnimationFrame(done))
  )).then(() => true),
  new Promise((done) => setTimeout(done, 500)),
])"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [pytest.param(one, id=one.name) for one in STATES])
def test_take_pictures(state: State, stage: Stage) -> None:
    desk, phone, *night = names_of(state)
    page = stage.page
    how: Any = {"start": stage.shown_from, "has_script": state.has_script}
    _take(page, DESK, FOLDER / desk, **how)
    for name in night:
        page.emulate_media(color_scheme="dark")
        _take(page, DESK, FOLDER / name, **how)
        page.emulate_media(color_scheme="light")
    _take(page, PHONE, FOLDER / phone, **how)


@pytest.mark.parametrize("name", PICTURED)
def test_take_pictures_of_a_mail(
    name: str, browser: Browser, settings: Settings
) -> None:
    settings.SITE_URL = "https://lumira.example"
    with browser.new_context(color_scheme="light", offline=True) as context:
        page = context.new_page()
        page.set_content(html_of(name))
        _take(page, LETTER, FOLDER / f"mail-{name}.webp")


def test_show_them() -> None:
    (FOLDER / "README.md").write_text(gallery())
    for file in FOLDER.glob("*.webp"):
        if file.name not in all_names() and not file.name.startswith("staff-"):
            file.unlink()


def _take(
    page: Page,
    size: tuple[int, int],
    file: Path,
    *,
    start: str = "body",
    has_script: bool = True,
) -> None:
    """From the part of the page that matches `start`, in a window that holds it all:
    what keeps to the window's edge is then on the picture's edge."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(0, 0)
    top = page.evaluate(
        "css => document.querySelector(css).getBoundingClientRect().top + scrollY",
        start,
    )
    whole = page.evaluate("document.documentElement.scrollHeight")
    seen = min(max(height, round(whole - top)), TALLEST[size])
    page.set_viewport_size({"width": width, "height": seen})
    page.evaluate("top => scrollTo(0, top)", top)
    # Where scripts are off nobody would answer, and nothing is drawn later.
    for frame in page.frames if has_script else []:
        frame.evaluate(PAINTED)
    png = page.screenshot(animations="disabled")
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    stored = STORED_WIDTH[size] if file.name not in IN_README else LARGER
    if picture.width > stored:
        smaller = (stored, round(picture.height * stored / picture.width))
        picture = picture.resize(smaller, Image.Resampling.LANCZOS)
    for quality in (42, 34, 26):
        picture.save(file, quality=quality, method=6)
        if file.stat().st_size <= MOST_BYTES:
            return
    pytest.fail(f"{file.name} is too heavy.")
