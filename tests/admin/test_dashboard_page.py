"""The admin's first page: what it says of the shop."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from pytest_django import Settings

from lumira.accounts.roles import Role
from lumira.maintenance import begin_maintenance
from orders.models import Order
from orders.status import OrderStatus
from payments.models import Payment, ReconcileRun, Refund
from payments.status import RefundStatus
from tests.admin.dashboard_shop import (
    PAGE,
    contest,
    decline,
    give_back,
    make_busy_shop,
    sell,
    tiles,
)
from tests.admin.people import client_in
from tests.admin.reading_pages import markup, words
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.EXPERT])
def test_everybody_is_told_that_the_shop_is_closed(
    settings: Settings, tmp_path: Path, role: Role
) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    client = client_in(role)
    closed = "La boutique est fermée pour maintenance."

    before = words(client, PAGE)
    begin_maintenance()
    without = words(client, PAGE)
    begin_maintenance(datetime(2031, 7, 14, 18, 30, tzinfo=ZoneInfo("Europe/Paris")))
    with_a_time = words(client, PAGE)

    assert closed not in before
    assert closed in without
    assert "rouvre" not in without
    assert "qu'elle rouvre le 14 juillet à 18:30" in with_a_time


def test_the_money_of_the_period_is_told(admin_client: Client) -> None:
    give_back(sell(), 1000, RefundStatus.SUCCEEDED)
    give_back(sell(), 500, RefundStatus.PENDING)

    page = words(admin_client, PAGE, periode="30")

    assert "Encaissé 158,00 € Rien avant" in page
    assert "Remboursé 10,00 € Rien avant · en cours : 5,00 €" in page
    assert "Net 148,00 €" in page
    assert "Montant moyen 79,00 €" in page


def test_each_currency_has_its_own_figures(admin_client: Client) -> None:
    sell()
    sell(12_000, currency="jpy")

    page = words(admin_client, PAGE, periode="30")

    assert "EUR Encaissé 79,00 €" in page
    assert "JPY Encaissé 12 000 ¥" in page


def test_rates_and_reasons_are_told_in_words(admin_client: Client) -> None:
    sell()
    for _ in range(3):
        decline("insufficient_funds")

    page = words(admin_client, PAGE, periode="30")

    assert "Paiements réussis 25 % 1 sur 4" in page
    assert "Paiements refusés 75 % 3 sur 4" in page
    assert "au-dessus du seuil de 10 %" in page
    assert "3 Fonds insuffisants sur votre compte" in page
    assert "insufficient_funds" in page


def test_few_failures_are_no_warning(admin_client: Client, settings: Settings) -> None:
    settings.FAILURE_RATE_THRESHOLD = 0.5
    sell()
    decline("insufficient_funds")

    assert "au-dessus du seuil" not in words(admin_client, PAGE, periode="30")


@pytest.mark.parametrize("period", ["jour", "7", "30"])
def test_the_chosen_period_is_marked(admin_client: Client, period: str) -> None:
    page = markup(admin_client, PAGE, periode=period)

    assert f'href="?periode={period}#chiffres" aria-current="true"' in page
    assert page.count('aria-current="true"') == 1


def test_a_period_that_does_not_exist_is_seven_days(admin_client: Client) -> None:
    page = markup(admin_client, PAGE, periode="'; drop")

    assert 'href="?periode=7#chiffres" aria-current="true"' in page


def test_the_period_decides_what_counts(admin_client: Client) -> None:
    long_ago = now() - timedelta(days=10)
    Payment.objects.filter(pk=sell().pk).update(completed_at=long_ago)

    assert tiles(admin_client, periode="30")["Encaissé"] == "79,00 €"
    assert tiles(admin_client, periode="7")["Encaissé"] == "0,00 €"


def test_a_chart_has_its_figures_as_a_table(admin_client: Client) -> None:
    sell(12_000, currency="jpy")

    page = markup(admin_client, PAGE, periode="7")

    table = page.partition('data-graph="days"')[2].partition("</table>")[0]
    assert table.count('<th scope="row">') == 7
    assert (
        '<td class="figures__number" data-number="12000">12\u202f000\xa0¥</td>' in table
    )


def test_an_empty_shop_is_welcomed(admin_client: Client) -> None:
    page = words(admin_client, PAGE)

    assert "Pas encore de commande." in page
    assert "Encaissé" not in page


def test_a_quiet_week_of_a_shop_is_not_an_empty_shop(admin_client: Client) -> None:
    make_order(created_at=now() - timedelta(days=20))

    page = words(admin_client, PAGE)

    assert "Pas encore de commande." not in page
    assert "Rien d'encaissé ni de remboursé sur cette période." in page
    assert "Aucune commande passée sur cette période." in page


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        markup(client, PAGE, periode="30")
    return len(captured)


def test_many_rows_take_no_more_queries_than_few(admin_client: Client) -> None:
    make_busy_shop()
    few = queries_of(admin_client)
    for number in range(40):
        contest(give_back(sell(), 5, RefundStatus.SUCCEEDED).payment, hours=number)
        decline(f"reason_{number}")
        make_order(
            expert=make_expert(slug=f"expert-of-{number}"),
            status=OrderStatus.COMPLETED,
            paid_at=now() - timedelta(hours=number),
            completed_at=now(),
        )
        ReconcileRun.objects.create(by="worker", finished_at=now())

    many = queries_of(admin_client)

    assert many == few
    assert many <= 14


def test_looking_changes_nothing(admin_client: Client) -> None:
    make_busy_shop()
    before = table_contents()

    markup(admin_client, PAGE, periode="30")

    assert table_contents() == before


def test_a_refund_that_failed_later_leaves_the_sums(admin_client: Client) -> None:
    refund = give_back(sell(), 1000, RefundStatus.SUCCEEDED)
    assert tiles(admin_client)["Remboursé"] == "10,00 €"

    Refund.objects.filter(pk=refund.pk).update(status=RefundStatus.FAILED)

    assert tiles(admin_client)["Remboursé"] == "0,00 €"
    assert tiles(admin_client)["Net"] == "79,00 €"


def test_the_page_names_no_customer(admin_client: Client) -> None:
    make_busy_shop()

    page = markup(admin_client, PAGE, periode="30")

    for order in Order.objects.all():
        assert order.email not in page
        assert order.name not in page
