"""The shop with the static files of production: bundled, hashed, compressed.

All other browser tests are served the sources, as a developer is.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import override_settings
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.sandbox_process import SandboxProcess

AS_IN_PRODUCTION = {
    "STORAGES": project.STORAGES
    | {"staticfiles": {"BACKEND": "lumira.static_storage.BundledStaticFilesStorage"}},
    "WHITENOISE_USE_FINDERS": False,
    "WHITENOISE_AUTOREFRESH": False,
    # The shop's own files: compressing all of the admin's takes half a minute.
    "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
}


@pytest.fixture(scope="session")
def built_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What collectstatic makes for production."""
    folder = tmp_path_factory.mktemp("staticfiles")
    with override_settings(STATIC_ROOT=folder, **AS_IN_PRODUCTION):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def built_shop(
    built_files: Path,
    transactional_db: None,
    sandbox: SandboxProcess,
    settings: Settings,
) -> Iterator[LiveServer]:
    """A served shop, on a connection that is kept, and nobody hears its webhooks."""
    settings.STATIC_ROOT = built_files
    for name, value in AS_IN_PRODUCTION.items():
        setattr(settings, name, value)
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    server.start()
    settings.SITE_URL = server.url
    settings.CSRF_TRUSTED_ORIGINS = [server.url]
    yield server
    server.stop()
