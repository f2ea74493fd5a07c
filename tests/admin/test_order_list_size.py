import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin.reading_pages import list_url, markup
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"
SEARCHES: list[dict[str, str]] = [
    {},
    {"q": "alice@example.org"},
    {"q": "alice martin"},
    {"q": "LU26"},
    {"q": "pi_3Abc"},
    {"status__exact": "pending", "created_at_from": "2020-01-01"},
    {"queue": "to_assign"},
    {"late": "1"},
]


def make_varied_orders(count: int, *, since: int = 0) -> None:
    """Each of a service and an expert of its own, and paid for."""
    for number in range(since, since + count):
        service = make_service(slug=f"service-{number}")
        order = make_order(service=service, expert=make_expert(service))
        make_payment(order=order)


def queries(client: Client, **query: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        markup(client, list_url(ORDERS), **query)
    return [one["sql"] for one in captured]


def test_two_hundred_orders_take_as_many_queries_as_five(admin_client: Client) -> None:
    make_varied_orders(5)
    five = [queries(admin_client, **search) for search in SEARCHES]
    make_varied_orders(195, since=5)
    two_hundred = [queries(admin_client, **search) for search in SEARCHES]

    for search, few, many in zip(SEARCHES, five, two_hundred, strict=True):
        assert len(many) == len(few), (search, "\n".join(many))
        # Session, person, choices of two filters, count, rows and what they name,
        # queues.
        assert len(few) <= 13, (search, "\n".join(few))


def test_only_a_list_that_leaves_something_out_offers_all(admin_client: Client) -> None:
    make_varied_orders(2)

    whole = markup(admin_client, list_url(ORDERS), o="1")
    searched = markup(admin_client, list_url(ORDERS), q="alice")

    assert "Tout afficher" not in whole
    assert "Tout afficher" in searched


def test_an_empty_list_says_whether_something_was_looked_for(
    admin_client: Client,
) -> None:
    untouched = markup(admin_client, list_url(ORDERS))
    searched = markup(admin_client, list_url(ORDERS), q="alice")

    assert "Rien ici pour le moment" in untouched
    assert "Rien ne correspond" in searched
