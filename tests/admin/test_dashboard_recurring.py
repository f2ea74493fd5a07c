"""The dashboard's tile of what subscriptions bring in each month."""

import pytest
from django.test import Client

from tests.admin.dashboard_shop import PAGE, links, rows_of, tiles
from tests.admin.reading_pages import client_of_staff, words
from tests.factories.subscriptions import (
    make_monthly_service,
    make_price,
    make_subscription,
)

pytestmark = pytest.mark.django_db
TILE = "Récurrent par mois"


def test_the_sum_leads_to_the_subscriptions_it_adds(admin_client: Client) -> None:
    counted = [make_subscription(), make_subscription()]
    make_subscription(stops_at_period_end=True)
    make_subscription(status="past_due")

    rows = rows_of(admin_client, links(admin_client)[TILE])

    assert tiles(admin_client)[TILE] == "194,00 €"
    assert set(rows) == set(counted)


def test_two_currencies_are_two_figures(admin_client: Client) -> None:
    yen = make_price(make_monthly_service(), amount=12_000, currency="jpy")
    make_subscription()
    make_subscription(price=yen)

    found = tiles(admin_client)

    assert found[f"{TILE}, en EUR"] == "97,00 €"
    assert found[f"{TILE}, en JPY"].replace(" ", "").startswith("12000")


def test_a_shop_without_subscriptions_says_nothing(admin_client: Client) -> None:
    assert TILE not in words(admin_client, PAGE)


def test_who_may_not_see_subscriptions_sees_no_sum_of_them() -> None:
    make_subscription()

    assert TILE not in words(client_of_staff("payments.view_payment"), PAGE)
