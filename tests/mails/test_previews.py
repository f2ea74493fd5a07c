"""The pages on which mails are looked at, while the shop is built."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from lumira.mail_previews.samples import SAMPLES

LIST = "/styleguide/courriels/"
ONE = f"{LIST}order_paid-monthly/en/"


@pytest.fixture
def in_development(settings: Settings) -> None:
    settings.HAS_STYLEGUIDE = True


@pytest.mark.parametrize("page", [LIST, ONE, f"{ONE}corps/"])
def test_only_who_builds_the_shop_has_these_pages(client: Client, page: str) -> None:
    assert client.get(page).status_code == 404


@pytest.mark.usefixtures("in_development")
def test_the_list_leads_to_every_mail(client: Client) -> None:
    page = client.get(LIST).content.decode()

    for sample in SAMPLES.values():
        for language in sample.languages:
            assert f'href="{LIST}{sample.name}/{language}/"' in page


@pytest.mark.usefixtures("in_development")
def test_a_mail_is_shown_as_it_is_sent_and_is_not_sent(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    page = client.get(ONE).content.decode()
    by_day = client.get(f"{ONE}corps/")
    by_night = client.get(f"{ONE}corps/?night")

    assert f'src="{ONE}corps/?night"' in page
    assert "Thank you, your order is confirmed" in by_day.content.decode()
    assert "@media not all" in by_day.content.decode()
    assert "@media all" in by_night.content.decode()
    assert mailoutbox == []


@pytest.mark.usefixtures("in_development")
def test_a_mail_may_style_itself_and_do_nothing_else(client: Client) -> None:
    policy = client.get(f"{ONE}corps/").headers["Content-Security-Policy"]

    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert re.search(r"script-src(;|$)", policy)


@pytest.mark.usefixtures("in_development")
@pytest.mark.parametrize("name", ["nothing/fr", "order_paid/de", "alert/en"])
def test_what_is_not_sent_is_not_shown(client: Client, name: str) -> None:
    assert client.get(f"{LIST}{name}/").status_code == 404
