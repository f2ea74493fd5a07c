"""Where the ids of Stripe's objects lead: its dashboard, or the sandbox's panel."""

import pytest
from pytest_django import Settings

from payments.admin.stripe_dashboard import dashboard_link, dashboard_url

STRIPE = "https://dashboard.stripe.com"


@pytest.mark.parametrize("base", ["", "https://api.stripe.com"])
@pytest.mark.parametrize(
    ("object_id", "page"),
    [
        ("pi_1", "payments/pi_1"),
        ("ch_1", "payments/ch_1"),
        ("re_1", "refunds/re_1"),
        ("dp_1", "disputes/dp_1"),
        ("evt_1", "events/evt_1"),
        ("sub_1", "subscriptions/sub_1"),
        ("issfr_1", "search?query=issfr_1"),
        ("strange id&x", "search?query=strange+id%26x"),
    ],
)
def test_an_id_leads_to_its_page_in_stripes_dashboard(
    settings: Settings, base: str, object_id: str, page: str
) -> None:
    settings.STRIPE_API_BASE = base

    assert dashboard_url(object_id, livemode=True) == f"{STRIPE}/{page}"
    assert dashboard_url(object_id, livemode=False) == f"{STRIPE}/test/{page}"


@pytest.mark.parametrize(
    ("object_id", "page"),
    [
        ("pi_1", "objects/any/pi_1"),
        ("re_1", "objects/any/re_1"),
        ("issfr_1", "objects/any/issfr_1"),
        ("evt_1", "activity/evt_1"),
    ],
)
def test_with_the_sandbox_an_id_leads_to_its_panel(
    settings: Settings, object_id: str, page: str
) -> None:
    settings.STRIPE_API_BASE = "http://localhost:12111"

    url = dashboard_url(object_id, livemode=False)

    assert url == f"http://localhost:12111/_/#/{page}"


def test_an_address_that_only_looks_like_stripes_is_not(settings: Settings) -> None:
    settings.STRIPE_API_BASE = "https://notstripe.com"

    assert dashboard_url("pi_1", livemode=False).startswith("https://notstripe.com/_/")


def test_a_link_opens_apart_and_tells_nobody_where_it_comes_from(
    settings: Settings,
) -> None:
    settings.STRIPE_API_BASE = ""

    link = dashboard_link("pi_1", livemode=True)

    assert f'href="{STRIPE}/payments/pi_1"' in link
    assert 'rel="noopener noreferrer"' in link


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_has_no_id_leads_nowhere(nothing: str | None) -> None:
    assert dashboard_link(nothing, livemode=True) == "-"
