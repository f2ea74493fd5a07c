import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lumira.worker_life import show_life
from tests.factories.reconcile_runs import make_run
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def healthy(
    shop: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> LiveServer:
    """A shop in which nothing is wrong: served, with its worker and its webhook."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    show_life()
    make_run()
    return shop
