"""One stage for each state: an empty shop with the demo's catalogue, and a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from orders.demo.catalogue import load_experts, load_services
from tests.sandbox_process import SandboxProcess
from tests.screens.stage import Stage
from tests.screens.state import State


@pytest.fixture
def stage(
    state: State,
    shop: LiveServer,
    sandbox: SandboxProcess,
    browser: Browser,
    settings: Settings,
    transactional_db: None,
) -> Iterator[Stage]:
    """Where `state`, which the test is parametrised with, has been arranged."""
    load_services()
    load_experts()
    stage = Stage(
        browser,
        shop.url,
        sandbox,
        settings,
        language=state.language,
        has_script=state.has_script,
    )
    try:
        state.arrange(stage)
        yield stage
    finally:
        stage.close()
