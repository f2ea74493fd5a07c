"""lumira.kit.any_part_index: made on each engine, and no trouble where it cannot be."""

import pytest
from django.db import connection

from lumira.kit.any_part_index import allow_trigrams
from orders.admin.order_search import search_orders
from orders.models import Order
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def the_index() -> str:
    """As it would be made now."""
    [index] = [one for one in Order._meta.indexes if one.name == "orders_by_any_part"]
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        return str(index.create_sql(Order, editor))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite says it")
@pytest.mark.parametrize("term", ["keller", "7K3M"])
def test_sqlite_reads_the_index_of_the_names_and_not_the_table(term: str) -> None:
    found = search_orders(Order.objects.order_by().only("pk"), term, in_answers=True)

    plan = found.values("pk").explain()

    assert "SCAN orders_order USING COVERING INDEX orders_by_any_part" in plan
    assert plan.count("SCAN ") == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite says it")
def test_the_end_of_a_number_is_looked_up_in_its_index() -> None:
    plan = search_orders(Order.objects.order_by(), "7K3M").values("pk").explain()

    assert "USING INDEX orders_by_code" in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.parametrize(
    ("term", "index"), [("keller", "orders_by_any_part"), ("7K3M", "orders_by_code")]
)
def test_postgresql_looks_up_both(term: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is empty

    plan = search_orders(Order.objects.order_by(), term).explain()

    assert index in plan
    assert "Seq Scan" not in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
def test_a_server_that_allows_no_trigrams_still_finds_names() -> None:
    wanted = make_order(name="Bruno Keller")
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE visitor")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO visitor")
        cursor.execute("SET LOCAL ROLE visitor")

    with connection.schema_editor() as editor:
        allow_trigrams(None, editor)

    assert "gin" not in the_index()
    assert list(search_orders(Order.objects.all(), "eller")) == [wanted]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
def test_where_they_are_allowed_the_index_is_of_trigrams() -> None:
    assert 'USING gin (upper("name"::text) gin_trgm_ops)' in the_index()
