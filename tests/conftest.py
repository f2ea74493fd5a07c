"""The Stripe sandbox, a served shop and a browser, for the tests that need them."""

import os
from collections.abc import Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lumira.limits import memory
from tests.browser.chromium import FLAGS, find_chromium
from tests.sandbox_process import SandboxProcess, start_sandbox

# The oracles judge what every test says to Stripe, and what it hears.
pytest_plugins = [
    "tests.built_shop",
    "tests.engines.plugin",
    "tests.logs.watching",
    "tests.oracles.plugin",
    "tests.oracles.whole_run",
]

WEBHOOK_SECRET = "whsec_tests"


@pytest.fixture(autouse=True)
def _french_again() -> Iterator[None]:
    """A visitor's language stays with the thread, and would meet the next test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nobody_was_refused() -> None:
    """The limits' table is emptied after each test; what a process remembers is not."""
    memory.forget()


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[SandboxProcess]:
    """One sandbox for the whole run; each test gets it emptied."""
    with start_sandbox() as process:
        yield process


@pytest.fixture(scope="session", autouse=True)
def _browser_first(request: pytest.FixtureRequest) -> None:
    """Of several processes, each that wants the browser starts it before any test.

    While Playwright's loop runs, Django keeps its connections elsewhere (asgiref's
    Local): a transaction that began before it would be ended on another connection,
    and stay open. In one process the order of the files sees to it.
    """
    if "PYTEST_XDIST_WORKER" in os.environ and any(
        "browser" in item.fixturenames for item in _functions(request.session)
    ):
        request.getfixturevalue("browser")


def _functions(session: pytest.Session) -> list[pytest.Function]:
    return [item for item in session.items if isinstance(item, pytest.Function)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run: two Playwrights cannot live in one thread."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The served shop, static files by whitenoise as in real life."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess, settings: Settings) -> SandboxProcess:
    """The shop talks to an empty sandbox. Nobody hears its webhooks."""
    sandbox_process.reset()
    settings.STRIPE_API_BASE = sandbox_process.url
    settings.STRIPE_JS_URL = f"{sandbox_process.url}/stripe.js"
    return sandbox_process


@pytest.fixture
def shop(
    live_server: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> Iterator[LiveServer]:
    """A served shop that the sandbox sends its webhooks to."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    webhook = f"{live_server.url}/api/payments/webhook"
    sandbox.endpoints({"url": webhook, "secrets": [WEBHOOK_SECRET]})
    yield live_server
    # What is under way would meet the emptying of the tables, or the next test.
    sandbox.webhooks(False)
    sandbox.wait_until_idle()
