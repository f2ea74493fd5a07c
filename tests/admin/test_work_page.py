"""The queues: how many wait, which, and for whom. The most urgent first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from lumira.accounts.roles import Role
from orders.models.order import DeliveryFormat
from orders.work_queues import Queue
from tests.admin.people import client_in, client_of_expert
from tests.admin.reading_pages import client_of_staff, markup, plain
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_submitted_reading,
    make_working_expert,
)

pytestmark = pytest.mark.django_db


def queue_url(queue: Queue) -> str:
    return reverse("admin:orders_order_queue", args=[queue.value])


def listed(client: Client, queue: Queue) -> list[str]:
    """The numbers of the orders in a queue, in the order of its rows."""
    table = markup(client, queue_url(queue)).partition("<tbody>")[2]
    rows = table.partition("</tbody>")[0].split("<tr>")[1:]
    return [
        next(word for word in plain(row).split() if word.startswith("LU"))
        for row in rows
    ]


def tabs(client: Client) -> str:
    page = markup(client, queue_url(Queue.LATE))
    return plain(page.partition('aria-label="Files de travail"')[2].split("</nav>")[0])


def test_each_order_waits_where_its_work_is() -> None:
    paid = make_paid_order()
    at_work = make_assigned_order()
    submitted = make_submitted_reading().order
    approved = make_delivered_order(
        make_assigned_order(delivery_format=DeliveryFormat.WHATSAPP)
    )
    make_order()
    support = client_in(Role.SUPPORT)

    queues = {queue: listed(support, queue) for queue in Queue}

    assert queues == {
        Queue.TO_ASSIGN: [paid.number],
        Queue.IN_PROGRESS: [at_work.number],
        Queue.TO_VALIDATE: [submitted.number],
        Queue.TO_DELIVER: [approved.number],
        Queue.LATE: [],
    }
    assert (
        "À attribuer 1 En préparation 1 À valider 1 À remettre 1 En retard 0"
        in tabs(support)
    )


def test_the_most_urgent_comes_first_and_says_how_late_it_is() -> None:
    later = make_paid_order(due_at=now() + timedelta(days=2))
    first = make_paid_order(due_at=now() - timedelta(days=3, minutes=1))
    never = make_paid_order(due_at=None)
    support = client_in(Role.SUPPORT)

    rows = listed(support, Queue.TO_ASSIGN)

    assert rows == [first.number, later.number, never.number]
    assert "en retard de 3 jours" in markup(support, queue_url(Queue.LATE))


def test_an_expert_sees_their_own_and_what_they_could_take() -> None:
    mine = make_paid_order(expert=make_working_expert(slug="camille"))
    free = make_paid_order(expert=None)
    make_paid_order(expert=make_working_expert(slug="elias"))
    make_paid_order(expert=None, service=make_service(slug="vip"))

    rows = listed(client_of_expert(mine.expert), Queue.TO_ASSIGN)

    assert set(rows) == {mine.number, free.number}


def test_the_menu_counts_what_waits_for_the_person_who_looks() -> None:
    order = make_paid_order()
    make_paid_order(expert=make_working_expert(slug="elias"))
    index = reverse("admin:index")

    def menu(client: Client) -> str:
        page = markup(client, index)
        return plain(page.partition('id="nav-sidebar-apps"')[2])

    assert "À attribuer 2 " in menu(client_in(Role.SUPPORT))
    assert "À prendre 1 " in menu(client_of_expert(order.expert))


def test_who_can_only_take_an_order_reads_no_word_of_assigning() -> None:
    order = make_paid_order(expert=make_working_expert(slug="camille"))
    expert = client_of_expert(order.expert)

    pages = [
        markup(expert, url)
        for url in (
            reverse("admin:index"),
            queue_url(Queue.TO_ASSIGN),
            reverse("admin:orders_order_changelist"),
        )
    ]

    assert all("À prendre" in page for page in pages)
    assert not any("À attribuer" in page for page in pages)
    assert "À prendre" not in markup(client_in(Role.SUPPORT), reverse("admin:index"))


def test_the_work_page_begins_with_the_first_queue_that_is_not_empty() -> None:
    make_submitted_reading()

    answer = client_in(Role.SUPPORT).get(reverse("admin:orders_order_work"))

    assert answer["Location"] == queue_url(Queue.TO_VALIDATE)


def test_an_empty_queue_says_so() -> None:
    page = markup(client_in(Role.SUPPORT), queue_url(Queue.LATE))

    assert "Rien n’est en retard." in page


def test_a_queue_that_does_not_exist_is_not_found() -> None:
    url = reverse("admin:orders_order_queue", args=["nothing"])

    assert client_in(Role.SUPPORT).get(url).status_code == 404


def test_who_may_not_see_orders_sees_no_queue() -> None:
    answer = client_of_staff().get(queue_url(Queue.LATE))

    assert answer.status_code == 403


def test_many_orders_take_as_many_queries_as_two_and_fit_on_pages() -> None:
    support = client_in(Role.SUPPORT)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(support, queue_url(Queue.TO_ASSIGN))
        return len(captured)

    for _ in range(2):
        make_paid_order()
    two = queries()
    for _ in range(50):
        make_paid_order()

    assert queries() == two
    assert len(listed(support, Queue.TO_ASSIGN)) == 50
    assert "Page 1 sur 2" in markup(support, queue_url(Queue.TO_ASSIGN))
