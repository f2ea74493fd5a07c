"""A browser, a merchant's page on loopback, and the sandbox."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.sandbox.browser.checkout import Checkout, ShopHandler
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="session")
def shop_address() -> Iterator[str]:
    """A merchant's server: another origin than the sandbox."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), ShopHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess) -> SandboxProcess:
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def checkout(
    browser: Browser, shop_address: str, sandbox: SandboxProcess
) -> Iterator[Checkout]:
    """A person at the shop, who speaks French and whose page must not break."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(30_000)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    ShopHandler.asked.clear()
    yield Checkout(page, shop_address, sandbox)
    context.close()
    assert not broken
