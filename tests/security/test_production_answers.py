"""What an answer carries in production: asked in a process of its own."""

import json
from pathlib import Path
from typing import Any

from tests.lumira.starting import PRODUCTION, run

ASK = """
import json
from django import setup
from django.test import Client
setup()
def ask(address, **headers):
    answer = Client().get(address, headers={"Host": "lumira.example", **headers})
    return [answer.status_code, dict(answer.headers), str(answer.cookies)]
https = {"X-Forwarded-Proto": "https"}
print(json.dumps({
    "http": ask("/healthz"), "redirected": ask("/admin/login/"),
    "https": ask("/healthz", **https),
}))
"""
BEHIND_A_PROXY = PRODUCTION | {
    "TRUSTED_PROXY_COUNT": "1",
    "DJANGO_SETTINGS_MODULE": "lumira.settings",
}


def asked(folder: Path, code: str = ASK, **variables: str) -> dict[str, Any]:
    ended = run(folder, code, **(BEHIND_A_PROXY | variables))
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_http_is_redirected_but_for_those_who_ask_from_inside(tmp_path: Path) -> None:
    found = asked(tmp_path)

    assert found["http"][0] == 200
    assert found["redirected"][0] == 301
    assert found["redirected"][1]["Location"] == "https://lumira.example/admin/login/"


def test_browsers_are_told_to_ask_by_https_only(tmp_path: Path) -> None:
    plain = asked(tmp_path)["https"][1]["Strict-Transport-Security"]
    listed = asked(tmp_path, HSTS="preload")["https"][1]["Strict-Transport-Security"]

    assert plain == "max-age=31536000"
    assert listed == "max-age=31536000; includeSubDomains; preload"


def test_production_upgrades_what_a_page_asks_by_http(tmp_path: Path) -> None:
    policy = asked(tmp_path)["https"][1]["Content-Security-Policy"]

    assert "upgrade-insecure-requests" in policy


def test_no_neighbour_can_plant_a_cookie_of_ours(tmp_path: Path) -> None:
    code = """
import json
from lumira import settings
from orders.access import COOKIE
print(json.dumps({"names": [
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, COOKIE
]}))
"""
    setup = "from django import setup; setup()\n"

    names = asked(tmp_path, setup + code)["names"]

    assert names == ["__Host-sessionid", "__Host-csrftoken", "__Host-lumira_orders"]
