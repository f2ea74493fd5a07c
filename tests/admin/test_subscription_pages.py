"""Subscriptions and invoices: found, read, and leading to their orders and money."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from lumira.accounts.roles import Role
from payments.models import Subscription, SubscriptionEvent
from tests.admin.people import client_in
from tests.admin.reading_pages import (
    client_of_staff,
    list_url,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.factories.subscriptions import (
    make_invoice,
    make_monthly_service,
    make_price,
    make_subscription,
)

pytestmark = pytest.mark.django_db
SUBSCRIPTIONS = "payments_subscription"
INVOICES = "payments_invoice"


def renewal_of(subscription: Subscription) -> str:
    first = subscription.first_order
    order = make_order(service=first.service, renews=first)
    make_invoice(subscription, payment=make_payment(order=order, status="completed"))
    return order.number


def test_the_list_says_who_pays_what_and_when_again(admin_client: Client) -> None:
    one = make_subscription(stops_at_period_end=True)

    [row] = listed(admin_client, SUBSCRIPTIONS)

    for said in (one.order_number, "alice@example.org", "97,00 € par mois", "En cours"):
        assert said in row
    assert "À l'échéance" in row


def test_a_subscription_is_found_by_all_its_names(admin_client: Client) -> None:
    one = make_subscription(email="Alice@Example.org")
    renewal = renewal_of(one)
    bill = one.invoices.get()
    make_subscription(email="bob@example.org")
    names = (
        one.order_number,
        one.order_number.lower(),
        renewal,
        "alice@example.org",
        str(one.stripe_id),
        bill.stripe_id,
    )

    found = {name: listed(admin_client, SUBSCRIPTIONS, q=name) for name in names}

    for name, rows in found.items():
        assert len(rows) == 1, name
        assert one.order_number in rows[0]
    assert listed(admin_client, SUBSCRIPTIONS, q="alice") == []
    assert listed(admin_client, SUBSCRIPTIONS, q="sub_") == []


def test_the_list_narrows_to_a_state_a_due_date_and_a_stop(
    admin_client: Client,
) -> None:
    late = make_subscription(email="late@example.org", status="past_due")
    soon = make_subscription(
        email="soon@example.org", period_end=now() + timedelta(days=2)
    )
    stops = make_subscription(email="stops@example.org", stops_at_period_end=True)
    day = (now() + timedelta(days=2)).date().isoformat()
    asked = [
        (late, {"status__exact": "past_due"}),
        (soon, {"period_end_from": day, "period_end_to": day}),
        (stops, {"stops_at_period_end__exact": "1"}),
    ]

    for one, query in asked:
        rows = listed(admin_client, SUBSCRIPTIONS, **query)

        assert [one.order_number in row for row in rows] == [True], query


def test_those_on_an_older_price_are_found_from_the_services_page(
    admin_client: Client,
) -> None:
    service = make_monthly_service()
    old = make_subscription(service=service)
    make_subscription(email="gone@example.org", service=service, status="canceled")
    service.price = 11900
    service.save()
    new = make_subscription(email="new@example.org", service=service)

    page = words(admin_client, page_url("orders_service", service.pk))
    rows = listed(admin_client, SUBSCRIPTIONS, ancien_prix=service.slug)

    assert "Un abonné garde le prix auquel il s'est abonné" in page
    assert "Abonnés à un autre prix que celui d'aujourd'hui : 1" in page
    assert [old.order_number in row for row in rows] == [True]
    assert new.order_number not in rows[0]


def test_a_service_sold_once_says_nothing_of_subscribers(admin_client: Client) -> None:
    service = make_order().service

    page = words(admin_client, page_url("orders_service", service.pk))

    assert "abonné" not in page.lower()


def test_who_may_not_see_subscriptions_is_not_told_their_number() -> None:
    service = make_monthly_service()
    make_subscription(service=service, price=make_price(service, amount=100))
    client = client_of_staff("orders.view_service")

    page = words(client, page_url("orders_service", service.pk))

    assert "Un abonné garde" in page
    assert "Abonnés à un autre prix" not in page


@pytest.mark.parametrize("model", [SUBSCRIPTIONS, INVOICES])
@pytest.mark.parametrize("query", [{}, {"q": "alice@example.org"}], ids=str)
def test_many_take_as_many_queries_as_few(
    admin_client: Client, model: str, query: dict[str, str]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, list_url(model), **query)
        return len(captured)

    for _ in range(3):
        renewal_of(make_subscription())
    few = queries()
    for _ in range(12):
        renewal_of(make_subscription())

    assert queries() == few


def test_the_page_tells_the_story_and_leads_to_every_period(
    admin_client: Client,
) -> None:
    one = make_subscription()
    renewal = renewal_of(one)
    SubscriptionEvent.objects.create(
        subscription=one, status="active", by="customer", note="Arrêt annulé"
    )
    payment = one.invoices.get().payment
    assert payment
    url = page_url(SUBSCRIPTIONS, one.pk)

    page = words(admin_client, url)
    links = markup(admin_client, url)

    for said in (
        "97,00 € par mois",
        "Visa •••• 4242, expire 12/2034",
        "Accompagnement Intégral",
        "Arrêt annulé",
        "Client",
        renewal,
    ):
        assert said in page, said
    assert reverse("admin:payments_payment_refund", args=[payment.pk]) in links
    assert page_url("payments_payment", payment.pk) in links
    assert str(one.stripe_id) in links


def test_support_sees_periods_without_the_way_to_refund_them() -> None:
    one = make_subscription()
    renewal_of(one)

    page = markup(client_in(Role.SUPPORT), page_url(SUBSCRIPTIONS, one.pk))

    assert "Rembourser…" not in page
    assert "Arrêter tout de suite…" in page


def test_the_page_takes_as_many_queries_for_a_year_as_for_a_month(
    admin_client: Client,
) -> None:
    def queries(one: Subscription) -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, page_url(SUBSCRIPTIONS, one.pk))
        return len(captured)

    one = make_subscription()
    renewal_of(one)
    month = queries(one)
    for _ in range(11):
        renewal_of(one)

    assert queries(one) == month


def test_an_invoice_is_found_and_leads_to_its_subscription(
    admin_client: Client,
) -> None:
    one = make_subscription()
    bill = make_invoice(one, number="ABC-0001", intent_id="pi_77")
    make_invoice(make_subscription(email="bob@example.org"))

    for word in ("ABC-0001", bill.stripe_id, "pi_77", one.order_number):
        rows = listed(admin_client, INVOICES, q=word)

        assert [one.order_number in row for row in rows] == [True], word
    page = markup(admin_client, page_url(INVOICES, bill.pk))
    assert page_url(SUBSCRIPTIONS, one.pk) in page


@pytest.mark.parametrize("is_renewal", [False, True])
def test_an_orders_page_leads_to_its_subscription(
    admin_client: Client, is_renewal: bool
) -> None:
    one = make_subscription()
    order = one.first_order
    if is_renewal:
        order = make_order(service=order.service, renews=order)

    page = markup(admin_client, page_url("orders_order", order.pk))

    assert page_url(SUBSCRIPTIONS, one.pk) in page
    assert "97,00\u00a0€ par mois" in page


def test_the_orders_of_a_subscription_are_found_by_stripes_ids(
    admin_client: Client,
) -> None:
    one = make_subscription()
    renewal = renewal_of(one)
    make_order(email="bob@example.org")

    all_of_it = listed(admin_client, "orders_order", q=str(one.stripe_id))
    one_period = listed(admin_client, "orders_order", q=one.invoices.get().stripe_id)

    assert len(all_of_it) == 2
    assert [renewal in row for row in one_period] == [True]


def test_an_expert_is_not_told_of_the_subscription() -> None:
    one = make_subscription()
    client = client_of_staff("orders.view_order", "orders.view_every_order")

    page = markup(client, page_url("orders_order", one.first_order_id))

    assert "par mois" not in page
