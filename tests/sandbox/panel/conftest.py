"""A person at the panel."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.sandbox.panel.person import Panel
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desk-sized window whose scripts must not break."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda line: broken.extend(_refused(line.text)))
    yield page
    context.close()
    assert not broken


@pytest.fixture
def panel(page: Page, sandbox: SandboxProcess) -> Panel:
    return Panel(page, sandbox)


def _refused(line: str) -> list[str]:
    """A line of the console, if it tells of something the page may not do."""
    return [line] if "Content Security Policy" in line else []
