"""The journal in the admin: looked at, searched, never changed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.audit.recording import record
from orders.status import OrderStatus
from tests.admin.reading_pages import listed, page_url, words
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff

pytestmark = pytest.mark.django_db
JOURNAL = "audit_auditentry"


@pytest.fixture
def client() -> Client:
    return client_of(make_staff(Role.ADMINISTRATOR, username="esther"))


def test_an_entry_says_in_french_who_did_what_to_what(client: Client) -> None:
    service = make_service(name="Premium")
    record(
        "service.changed",
        by="claire",
        about=service,
        before={"price": 7900},
        after={"price": 8900},
    )

    row = listed(client, JOURNAL, by="claire")

    assert len(row) == 1
    assert "claire Service : modification Premium service prix : 8900" in row[0]


def test_its_page_shows_each_field_before_and_after(client: Client) -> None:
    service = make_service()
    record(
        "service.changed",
        by="claire",
        about=service,
        before={"price": 7900, "is_active": True},
        after={"price": 8900, "is_active": False},
    )
    entry = AuditEntry.objects.get(by="claire")

    page = words(client, page_url(JOURNAL, entry.pk))

    assert "Champ Avant Après En vente oui non Prix 7900 8900" in page
    assert entry.hash in page.replace(" ", "")


def test_a_state_is_shown_by_its_name(client: Client) -> None:
    record(
        "order.assigned",
        by="claire",
        about=make_order(),
        before={"status": OrderStatus.PAID},
        after={"status": OrderStatus.PROCESSING},
    )

    page = words(client, page_url(JOURNAL, AuditEntry.objects.get(by="claire").pk))

    assert f"État {OrderStatus.PAID.label} {OrderStatus.PROCESSING.label}" in page


def test_what_is_gone_is_still_named_by_its_number(client: Client) -> None:
    order = make_order()
    number = str(order.pk)
    record("order.assigned", by="claire", about=order)
    order.delete()

    (row,) = listed(client, JOURNAL, by="claire")

    assert number in row


@pytest.mark.parametrize("about_type", ["gone.model", "orders", "orders.order"])
def test_an_entry_about_something_unknown_is_shown(
    client: Client, about_type: str
) -> None:
    record("thing.done", by="claire", before={"x": 1}, after={"y": [1, {"a": None}]})
    entry = AuditEntry.objects.filter(by="claire")
    super(type(entry), entry).update(about_type=about_type, about_id="not-an-id")

    (row,) = listed(client, JOURNAL, by="claire")

    assert "thing.done not-an-id" in row
    assert "not-an-id" in words(client, page_url(JOURNAL, entry.get().pk))


def test_it_is_filtered_by_person_action_and_day(client: Client) -> None:
    record("order.assigned", by="claire")
    record("order.released", by="claire")
    record("order.assigned", by="paul")

    assert len(listed(client, JOURNAL, by="claire")) == 2
    assert len(listed(client, JOURNAL, by="claire", action="order.assigned")) == 1
    assert len(listed(client, JOURNAL, by="paul", at_to="2026-01-01")) == 0


def test_it_is_searched_by_the_number_of_a_row_or_a_person(client: Client) -> None:
    order = make_order()
    record("order.assigned", by="claire", about=order)
    record("order.assigned", by="paul", about=make_order())

    for term in (str(order.pk), str(order.pk).upper(), f" {order.pk} ", "claire"):
        assert ["claire" in row for row in listed(client, JOURNAL, q=term)] == [True]
    assert listed(client, JOURNAL, q="x" * 10_000) == []


def test_a_longer_list_asks_no_more_questions(client: Client) -> None:
    def write(count: int) -> None:
        for _number in range(count):
            record("order.assigned", by="claire", about=make_order())
            record("service.changed", by="claire", about=make_service())

    write(1)
    with CaptureQueriesContext(connection) as few:
        listed(client, JOURNAL)
    write(30)
    with CaptureQueriesContext(connection) as many:
        rows = listed(client, JOURNAL)

    assert len(rows) == 50
    assert len(many) == len(few)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_reads_it(role: Role) -> None:
    record("order.assigned", by="claire")
    client = client_of(make_staff(role))

    pages = [
        client.get(reverse(f"admin:{JOURNAL}_changelist")),
        client.get(page_url(JOURNAL, 1)),
    ]

    assert [page.status_code for page in pages] == [403, 403]


def test_nobody_changes_it(admin_client: Client) -> None:
    record("order.assigned", by="claire")
    before = AuditEntry.objects.values().get()
    pages = ["change", "delete"]
    urls = [reverse(f"admin:{JOURNAL}_{page}", args=[1]) for page in pages]

    answers = [
        admin_client.post(url, {"by": "somebody else", "post": "yes"})
        for url in [*urls, reverse(f"admin:{JOURNAL}_add")]
    ]
    admin_client.post(
        reverse(f"admin:{JOURNAL}_changelist"),
        {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"},
    )

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert AuditEntry.objects.values().get() == before
