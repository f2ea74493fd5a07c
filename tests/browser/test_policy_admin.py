"""Every page in a real Chromium: its policy forbids nothing that the page does."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.admin.role_table import TABLE
from tests.admin.role_world import World
from tests.browser.violations import Watcher

pytestmark = pytest.mark.django_db(transaction=True)

FILES = ("_picture", "_portrait", "_file", "jsi18n", "view_on_site", "autocomplete")


def test_no_page_of_the_admin_does_what_its_policy_forbids(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    world = World()
    page = open_page()
    session = world.clients["A"].cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": session,
                "url": live_server.url,
            }
        ]
    )
    watcher = Watcher(page)
    pages = [
        name
        for name, (look, _send) in TABLE.items()
        if "A" in look and not name.endswith(FILES)
    ]

    for name in pages:
        watcher.look(live_server.url + world.url(name))

    assert watcher.complaints == {}
