""" "Que faire maintenant": the sentence and the buttons, by state and by person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from lumira.accounts.roles import Role
from orders.actions.hold import place_hold
from orders.actions.validate_reading import reject_reading
from orders.models import Order
from orders.models.hold import HoldReason
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus
from tests.admin.people import client_in, client_of_expert, step_url
from tests.admin.reading_pages import markup, page_url, plain, words
from tests.factories.orders import make_order
from tests.factories.work import (
    author_of,
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_person,
    make_submitted_reading,
    write,
)

pytestmark = pytest.mark.django_db
STEPS = ("release", "claim", "assign", "write", "submit", "decide", "deliver")


def advice(client: Client, order: Order) -> str:
    page = markup(client, page_url("orders_order", order.pk))
    return plain(page.partition("Que faire maintenant")[2].partition("</section>")[0])


def offered(client: Client, order: Order) -> set[str]:
    """The steps on the page; those on top of it are the same."""
    page = markup(client, page_url("orders_order", order.pk))
    steps = {step for step in STEPS if f'href="{step_url(order, step)}"' in page}
    assert all(page.count(f'href="{step_url(order, step)}"') == 2 for step in steps)
    return steps


def test_an_unpaid_order_asks_nothing_of_anybody(admin_client: Client) -> None:
    order = make_order()

    assert "pas encore payé" in advice(admin_client, order)
    assert offered(admin_client, order) == set()


def test_a_paid_order_is_assigned_by_support_and_taken_by_its_expert() -> None:
    order = make_paid_order()
    expert = client_of_expert(order.expert)

    assert offered(client_in(Role.SUPPORT), order) == {"assign"}
    assert offered(expert, order) == {"claim"}
    assert "Le client vous a choisi" in advice(expert, order)
    assert offered(client_in(Role.FINANCE), order) == set()


def test_the_expert_at_work_writes_and_then_submits() -> None:
    order = make_assigned_order()
    expert = client_of_expert(order.expert)

    assert offered(expert, order) == {"write"}
    write(order)
    assert offered(expert, order) == {"write", "submit"}


def test_a_refused_revision_is_written_again_for_its_reason() -> None:
    reading = make_submitted_reading()
    reject_reading(reading, validator=make_person("valérie"), reason="Trop sec.")
    order = Order.objects.get(pk=reading.order_id)
    expert = client_of_expert(order.expert)

    assert "« Trop sec. ». Reprenez-la." in advice(expert, order)
    assert offered(expert, order) == {"write"}
    assert "Trop sec" not in advice(client_in(Role.SUPPORT), order)


def test_a_validator_decides_but_not_on_their_own_words() -> None:
    order = make_submitted_reading().order
    author = author_of(order)
    client = client_of_expert(order.expert)
    validators = client_in(Role.VALIDATOR)

    author.groups.add(*make_person("validateur").groups.all())

    assert offered(validators, order) == {"decide"}
    assert offered(client, order) == set()
    assert "qui n'est pas son auteur" in advice(client, order)


def test_only_what_a_person_hands_over_waits_for_one() -> None:
    by_mail = make_delivered_order()
    by_hand = make_delivered_order(
        make_assigned_order(delivery_format=DeliveryFormat.WHATSAPP)
    )
    support = client_in(Role.SUPPORT)

    assert offered(support, by_mail) == set()
    assert offered(support, by_hand) == {"deliver"}
    assert "par WhatsApp" in advice(support, by_hand)


def test_an_order_on_hold_can_only_be_released() -> None:
    order = make_assigned_order()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")
    support = client_in(Role.SUPPORT)

    assert offered(support, order) == {"release"}
    assert offered(client_of_expert(order.expert), order) == set()
    assert "Litige avec la banque du client" in advice(support, order)


def test_a_refunded_order_asks_nothing(admin_client: Client) -> None:
    order = make_order(status=OrderStatus.REFUNDED)

    assert offered(admin_client, order) == set()
    assert "Remboursée" in advice(admin_client, order)


def test_what_is_possible_at_any_time_is_not_what_to_do_now(
    admin_client: Client,
) -> None:
    order = make_order(status=OrderStatus.REFUNDED)
    links = [step_url(order, step) for step in ("readdress", "customer")]

    page = markup(admin_client, page_url("orders_order", order.pk))
    now_part, _, rest = page.partition("Que faire maintenant")[2].partition("Le client")
    customer_part = rest.partition("</section>")[0]

    assert not any(link in now_part for link in links)
    assert all(customer_part.count(f'href="{link}"') == 1 for link in links)


def test_who_may_do_nothing_for_the_customer_has_no_such_place() -> None:
    order = make_assigned_order()

    said = advice(client_of_expert(order.expert), order)

    assert "Le client" not in said


def test_what_is_late_says_so(admin_client: Client) -> None:
    order = make_paid_order(due_at=now() - timedelta(hours=5, minutes=1))

    assert "en retard de 5 h" in words(admin_client, page_url("orders_order", order.pk))


def test_many_revisions_take_as_many_queries_as_one(admin_client: Client) -> None:
    order = make_assigned_order()

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, page_url("orders_order", order.pk))
        return [query["sql"] for query in captured]

    write(order)
    one = queries()
    for place in range(5):
        write(order, text=f"Version {place}")
        place_hold(order, reason=HoldReason.MISMATCH, about=str(place), by="stripe")
        order.holds.update(released_at=now())
        Order.objects.filter(pk=order.pk).update(is_on_hold=False)
    several = queries()

    assert len(several) == len(one), "\n".join(several)
