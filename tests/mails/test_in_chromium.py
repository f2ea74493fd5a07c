"""Mails as a person sees them: nothing too wide or too faint, by day and by night."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from lumira.mail_previews.samples import SAMPLES, Sample

MEASURE = Path(__file__).with_name("measure.js").read_text()
EVERY = [
    pytest.param(sample, language, id=f"{sample.name}-{language}")
    for sample in SAMPLES.values()
    for language in sample.languages
]


@pytest.fixture(scope="module")
def viewers(browser: Browser) -> Iterator[list[Page]]:
    """A phone and a desk, by day and by night. None of them may ask a server."""
    contexts = [
        browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
        )
        for width in (320, 360, 640)
        for scheme in ("light", "dark")
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("sample", "language"), EVERY)
def test_a_mail_fits_and_can_be_read_by_day_and_by_night(
    viewers: list[Page], sample: Sample, language: str
) -> None:
    html = sample.mail(language).html

    found = {viewer: _found(viewer, html) for viewer in viewers}

    assert [
        complaint for complaints in found.values() for complaint in complaints
    ] == []


def test_at_night_a_mail_is_dark(viewers: list[Page]) -> None:
    html = SAMPLES["order_paid"].mail("fr").html
    ground = "getComputedStyle(document.querySelector('.content')).backgroundColor"

    grounds = []
    for viewer in viewers[:2]:
        viewer.set_content(html)
        grounds.append(viewer.evaluate(ground))

    assert grounds == ["rgb(255, 253, 248)", "rgb(26, 26, 60)"]


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda html: html.replace("color:#fffdf8", "color:#2d2d63"), "as it is"),
        (lambda html: html.replace("Bonjour", "<b style='color:#db5'>x</b>"), "x:"),
        (lambda html: html.replace("Bonjour", "x" * 99), "too wide"),
        (lambda html: html.replace("padding:14px 28px", "padding:4px"), ": low"),
    ],
)
def test_what_is_spoilt_is_seen(
    viewers: list[Page], spoil: Callable[[str], str], complaint: str
) -> None:
    html = spoil(SAMPLES["order_paid"].mail("fr").html)

    complaints = _found(viewers[0], html)

    assert any(complaint in found for found in complaints)


def test_the_colours_of_mails_are_those_of_the_pages() -> None:
    base = Path(settings.BASE_DIR)
    emails = (base / "templates" / "emails").glob("*.css")
    css = "\n".join(path.read_text() for path in emails)
    tokens = _named((base / "static" / "css" / "tokens.css").read_text())
    rules = re.sub(r":root\s*{[^}]*}|/\*.*?\*/", "", css, flags=re.DOTALL)

    assert _named(css)
    assert _named(css).items() <= tokens.items()
    assert re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", rules, re.IGNORECASE) == []
    used = set(re.findall(r"var\(--([\w-]+)\)", rules))
    assert used == _named(css).keys()


def _found(viewer: Page, html: str) -> list[Any]:
    viewer.set_content(html)
    return list(viewer.evaluate(MEASURE))


def _named(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]+);", css))
