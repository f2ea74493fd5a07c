"""Lighthouse gives the shop at least 95 in each of its four categories.

It loads each page as a phone on simulated slow 4G. The simulation reckons from
what was loaded in which order and how long the processor worked, so that a busy machine
costs little; all the same a score that is too low is looked at twice more, and the best
one counts: others' load can only make a page look slower than it is. What does not
depend on the machine is asked for exactly, once.

SEO of the confirmation is counted without `is-crawlable`: a customer's page asks not to
be found, which the test makes sure of.
The browser speaks French: to an English one `/` is shown in English and names its
English address as the right one, which Lighthouse takes for a slip.
"""

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from orders.demo.catalogue import load_experts, load_services
from tests.factories.orders import make_order
from tests.lighthouse.audit import CATEGORIES, HERE, Report, audit

pytestmark = pytest.mark.django_db(transaction=True)

WANTED = 95
TRIES = 3


@pytest.fixture(autouse=True)
def _the_demos_catalogue(built_shop: LiveServer) -> None:
    load_services()
    load_experts()


def best(address: str, *, without: tuple[str, ...] = ()) -> Report:
    """The first report that is good enough, else the fastest of some."""
    reports: list[Report] = []
    for _ in range(TRIES):
        reports.append(audit(address, without=without))
        if reports[-1].scores["performance"] >= WANTED:
            break
    return max(reports, key=lambda report: report.scores["performance"])


def judge(report: Report) -> None:
    assert report.scores.keys() == set(CATEGORIES)
    assert min(report.scores.values()) >= WANTED, (report.scores, report.to_mend)
    # Nothing moves once it is there; nothing of the page's is late or too large.
    assert report.value("cumulative-layout-shift") < 0.01
    assert report.audits["errors-in-console"]["score"] == 1
    assert report.audits["uses-text-compression"]["score"] == 1


@pytest.mark.parametrize("address", ["/", "/commande/"])
def test_a_page_for_everybody_is_judged_well(
    built_shop: LiveServer, address: str
) -> None:
    judge(best(built_shop.url + address))


def test_the_confirmation_is_judged_well(
    built_shop: LiveServer, client: Client
) -> None:
    order = make_order(status="paid")
    address = built_shop.url + order.get_absolute_url()

    report = best(address, without=("is-crawlable",))

    judge(report)
    assert b'name="robots" content="noindex' in client.get(address).content


def test_the_lock_file_names_no_host() -> None:
    lock = (HERE / "package-lock.json").read_text()

    assert "://" not in lock
    assert '"resolved"' not in lock
