import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumira.accounts.models import User
from lumira.audit.models import AuditEntry
from orders.admin.list_export import BATCH
from orders.admin.order_export import ORDER_TITLES
from orders.models import Order
from orders.status import OrderStatus
from tests.admin.reading_pages import client_of_staff, list_url, markup
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.lumira.test_spreadsheets import cells_of

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"
EXPORTER = ("orders.view_order", "orders.view_every_order", "orders.export_order")


def export_url(extension: str = "csv", query: str = "") -> str:
    return reverse("admin:orders_order_export", args=[extension]) + query


def exported(client: Client, query: str = "") -> list[list[str]]:
    """The rows of the CSV file, without its titles."""
    answer = client.post(export_url(query=query))
    assert answer.status_code == 200, answer.status_code
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type, type-var]
    titles, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert titles == list(ORDER_TITLES)
    return rows


def numbers(rows: list[list[str]]) -> list[str]:
    return [row[0] for row in rows]


def make_whole_order() -> Any:
    return make_order(
        number="LU261122-7K3MWQ",
        status=OrderStatus.COMPLETED,
        service=make_service(name="Consultation Premium"),
        email="alice@example.org",
        name="=Alice",
        created_at=datetime(2026, 11, 22, 20, 7, tzinfo=UTC),
        paid_at=datetime(2026, 11, 22, 20, 9, tzinfo=UTC),
        due_at=datetime(2026, 11, 25, 20, 9, tzinfo=UTC),
        completed_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        intake={"specificQuestion": "Dois-je partir ?"},
    )


def test_the_file_says_what_the_list_knows_and_nothing_confided() -> None:
    order = make_whole_order()
    make_payment(order=order, amount_refunded=2000, status="completed")
    make_payment(order=order, amount_refunded=500, status="failed")

    rows = exported(client_of_staff(*EXPORTER))

    assert rows == [
        [
            "LU261122-7K3MWQ",
            "2026-11-22 21:07",
            "2026-11-22 21:09",
            "2026-11-25 21:09",
            "2026-11-24 09:00",
            "Consultation Premium",
            "Camille Aubry",
            "Livrée",
            "",
            "79,00",
            "25,00",
            "EUR",
            "alice@example.org",
            "'=Alice",
        ]
    ]


def test_the_same_rows_go_to_excel_with_amounts_as_numbers() -> None:
    make_whole_order()
    client = client_of_staff(*EXPORTER)

    answer = client.post(export_url("xlsx"))
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]

    _, row = cells_of(content)
    assert row["A"] == "inlineStr:LU261122-7K3MWQ"
    assert (row["J"], row["K"]) == ("n:79.00", "n:0.00")
    assert row["N"] == "inlineStr:'=Alice"
    assert ".xlsx" in answer["Content-Disposition"]


def test_a_currency_without_cents_has_none_in_the_file() -> None:
    make_order(service=make_service(price=500, currency="jpy"))

    row = exported(client_of_staff(*EXPORTER))[0]

    assert row[9:12] == ["500", "0", "JPY"]


def test_an_order_without_expert_or_dates_has_empty_cells() -> None:
    make_order(expert=None)

    row = exported(client_of_staff(*EXPORTER))[0]

    assert (row[2:5], row[6]) == (["", "", ""], "")


def test_what_is_filtered_and_searched_is_what_is_exported() -> None:
    make_order(name="Alice Martin")
    failed = make_order(name="Alice Martin", status=OrderStatus.FAILED)
    bruno = {"name": "Bruno Keller", "email": "bruno@example.org"}
    make_order(**bruno, status=OrderStatus.FAILED)

    rows = exported(client_of_staff(*EXPORTER), "?status__exact=failed&q=alice")

    assert numbers(rows) == [failed.number]


def test_all_pages_are_exported_in_the_order_of_the_list() -> None:
    orders = [
        make_order(created_at=datetime(2026, 1, 1, hour % 24, hour // 24, tzinfo=UTC))
        for hour in range(60)
    ]

    rows = exported(client_of_staff(*EXPORTER), "?p=2")

    newest_first = sorted(orders, key=lambda order: order.created_at, reverse=True)
    assert numbers(rows) == [order.number for order in newest_first]


def test_a_long_file_holds_every_order_once() -> None:
    sample = make_order()
    copied = ("service", "expert", "level", "duration", "amount", "currency")
    fields = {name: getattr(sample, name) for name in copied}
    Order.objects.bulk_create(Order(**fields) for _ in range(2 * BATCH))

    rows = exported(client_of_staff(*EXPORTER))

    wanted = Order.objects.values_list("number", flat=True)
    assert sorted(numbers(rows)) == sorted(wanted)


def test_the_buttons_keep_the_filters(admin_client: Client) -> None:
    page = markup(admin_client, list_url(ORDERS), status__exact="failed", q="a&b")

    query = "?q=a%26b&amp;status__exact=failed"
    assert f'action="{export_url("csv")}{query}"' in page
    assert f'formaction="{export_url("xlsx")}{query}"' in page


def test_who_may_not_export_has_no_button_and_gets_no_file() -> None:
    make_order()
    client = client_of_staff("orders.view_order", "orders.view_every_order")

    page = markup(client, list_url(ORDERS))
    answers = [client.post(export_url(extension)) for extension in ("csv", "xlsx")]

    assert "/export/" not in page
    assert [answer.status_code for answer in answers] == [403, 403]
    assert not AuditEntry.objects.exists()


def test_who_may_not_see_orders_cannot_export_them_either() -> None:
    client = client_of_staff("orders.export_order")

    assert client.post(export_url()).status_code == 403


def test_the_file_holds_only_orders_that_the_person_may_see() -> None:
    client = client_of_staff("orders.view_order", "orders.export_order")
    expert = make_expert(user=User.objects.get(username="claire"))
    own = make_order(expert=expert, email="alice@example.org")
    make_order()

    rows = exported(client)

    assert numbers(rows) == [own.number]
    assert rows[0][12] == "a…@example.org"


def test_a_get_exports_nothing(admin_client: Client) -> None:
    assert admin_client.get(export_url()).status_code == 405
    assert not AuditEntry.objects.exists()


def test_another_format_does_not_exist(admin_client: Client) -> None:
    assert admin_client.post(export_url("pdf")).status_code == 400
    assert not AuditEntry.objects.exists()


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    assert client.post(export_url()).status_code == 302


def test_the_journal_knows_who_took_how_much_but_not_whom_they_looked_for() -> None:
    make_order(status=OrderStatus.FAILED)
    make_order(status=OrderStatus.PAID)
    client = client_of_staff(*EXPORTER)

    client.post(export_url(query="?status__exact=failed&q=alice@example.org"))

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("orders.exported", "claire")
    assert entry.after == {
        "format": "csv",
        "rows": 1,
        "filters": {"status__exact": "failed"},
        "searched": True,
    }


def test_it_is_noted_before_the_first_byte() -> None:
    make_order()
    client = client_of_staff(*EXPORTER)

    answer = client.post(export_url())

    assert answer.streaming
    assert AuditEntry.objects.count() == 1


def test_a_filter_that_is_none_leads_back_to_the_list() -> None:
    client = client_of_staff(*EXPORTER)

    answer = client.post(export_url(query="?created_at_from=hier"))

    assert answer["Location"] == f"{list_url(ORDERS)}?created_at_from=hier"
    assert not AuditEntry.objects.exists()


def test_a_long_file_takes_few_queries() -> None:
    client = client_of_staff(*EXPORTER)
    exported(client)  # the journal begins

    def queries(more: int) -> int:
        for number in range(more):
            make_payment(order=make_order(), intent_id=f"pi_{more}_{number}")
        with CaptureQueriesContext(connection) as captured:
            exported(client)
        return len(captured)

    assert queries(5) == queries(100)
