"""A customer's wrong address is corrected: the old one loses what it could open."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.outbox.models import MAX_ATTEMPTS, Message
from orders.access import COOKIE, access_token, orders_for
from orders.actions.correct_email import AddressChanged, correct_email
from orders.actions.place_renewal import place_renewal
from orders.models import Order
from payments.models import Customer
from payments.subscriptions.at_stripe import stripe_customer
from tests.admin.people import client_in, step_url
from tests.factories.orders import make_order
from tests.factories.subscriptions import make_subscription
from tests.factories.work import make_assigned_order, make_delivered_order
from tests.lumira.at_once import at_once
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import sdk

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "alcie@example.org", "alice@example.org"


def correct(order: Order, *, seen: str = OLD, to: str = NEW) -> bool:
    return correct_email(order, seen=seen, to=to, by="support")


def emails(*orders: Order) -> list[str]:
    return [Order.objects.get(pk=order.pk).email for order in orders]


def send(order: Order, **typed: str) -> Any:
    client = client_in(Role.SUPPORT)
    page = step_url(order, "readdress")
    shown = client.get(page).context["form"].initial
    return client.post(page, {**shown, "email": NEW, "again": NEW, **typed})


def test_support_corrects_it_and_the_link_goes_to_the_new_address(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_order(email=OLD)

    answer = send(order, email=" Alice@Example.org ")

    assert answer.status_code == 302
    assert emails(order) == [NEW]
    assert [mail.to for mail in mailoutbox] == [[NEW]]
    assert order.number in str(mailoutbox[0].body) or "lien=" in str(mailoutbox[0].body)


def test_the_old_addresss_links_open_nothing_and_not_the_new_ones_orders() -> None:
    order = make_order(email=OLD)
    make_order(email=NEW)
    link = access_token(order)
    client = Client()
    client.cookies[COOKIE] = link

    correct(order)

    assert orders_for(link) is None
    assert client.get("/commandes/").context["orders"] is None


def test_other_orders_of_the_old_address_stay_where_they_are() -> None:
    order, others = make_order(email=OLD), make_order(email=OLD)

    correct(order)

    assert emails(order, others) == [NEW, OLD]


def test_twice_is_once_and_a_stale_form_is_refused() -> None:
    order = make_order(email=OLD)

    first, again = correct(order), correct(order)

    assert (first, again) == (True, False)
    with pytest.raises(AddressChanged):
        correct(order, to="eve@example.org")
    assert AuditEntry.objects.filter(action="order.email_corrected").count() == 1


def test_of_two_at_once_one_wins() -> None:
    order = make_order(email=OLD)
    addresses = [f"alice{n}@example.org" for n in range(4)]

    done = at_once(4, lambda n: correct(order, to=addresses[n]))

    assert done.count(True) == 1
    assert emails(order) == [addresses[done.index(True)]]


def test_the_dialog_refuses_two_different_addresses() -> None:
    order = make_order(email=OLD)

    answer = send(order, again="alise@example.org")

    assert answer.status_code == 422
    assert emails(order) == [OLD]


def test_neither_address_stands_in_the_journal_or_the_history() -> None:
    order = make_order(email=OLD)

    correct(order)

    entry = AuditEntry.objects.get(action="order.email_corrected")
    said = f"{entry.before} {entry.after} {[one.note for one in order.events.all()]}"
    assert "corrigée" in said
    assert "example.org" not in said


def test_a_reading_that_is_ready_is_sent_to_the_new_address(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_delivered_order(make_assigned_order(email=OLD))
    mailoutbox.clear()

    correct(order)

    assert [mail.to for mail in mailoutbox] == [[NEW]]
    assert f"/commandes/{order.pk}/lecture/" in str(mailoutbox[0].body)


def test_what_was_given_up_for_the_old_address_is_tried_again() -> None:
    order = make_order(email=OLD)
    given_up = Message.objects.create(
        topic="refunded",
        key="refunded:1",
        about=str(order.pk),
        attempts=MAX_ATTEMPTS,
        payload={"order_id": str(order.pk)},
    )

    correct(order)

    given_up.refresh_from_db()
    assert given_up.attempts < MAX_ATTEMPTS


def test_an_order_without_an_address_gets_one() -> None:
    order, other = make_order(email=""), make_order(email="")

    assert correct(order, seen="")

    assert emails(order, other) == [NEW, ""]


def test_a_subscription_and_its_periods_follow() -> None:
    subscription = make_subscription(email=OLD)
    first = subscription.first_order
    renewal = place_renewal(first, amount=9700, currency="eur", key="2", by="stripe")

    correct(renewal)

    subscription.refresh_from_db()
    assert subscription.email == NEW
    assert emails(first, renewal) == [NEW, NEW]


def test_the_cards_go_with_their_payer_and_stripe_learns_the_address(
    sandbox: SandboxProcess,
) -> None:
    order = make_order(email=OLD)
    row = stripe_customer(OLD)

    correct(order)

    assert Customer.objects.get(pk=row.pk).email == NEW
    known = sdk(sandbox).customers.retrieve(str(row.stripe_id))
    assert known.email == NEW
    assert stripe_customer(OLD).pk != row.pk


def test_cards_are_shown_to_nobody_while_it_is_not_sure_whose_they_are(
    sandbox: SandboxProcess,
) -> None:
    subscription = make_subscription(email=OLD)
    make_order(email=OLD)  # perhaps a real person's

    correct(subscription.first_order)

    row = Customer.objects.get(pk=subscription.customer_id)
    assert row.email not in (OLD, NEW)
    assert stripe_customer(NEW).pk != row.pk
    assert stripe_customer(OLD).pk != row.pk


def test_cards_of_whoever_stays_at_the_old_address_stay_theirs(
    sandbox: SandboxProcess,
) -> None:
    order = make_order(email=OLD)
    make_order(email=OLD)
    row = stripe_customer(OLD)

    correct(order)

    assert Customer.objects.get(pk=row.pk).email == OLD
