"""The real events of one purchase, in any order and doubled: one final state."""

from itertools import permutations
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from orders.models import OrderEvent
from payments.models import Payment, ProcessedEvent
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess

DECLINED, NEEDS_3DS = "4000000000000002", "4000002760003184"


def forget_all_but_the_purchase(payment: Payment) -> None:
    """Back to the moment before the first event."""
    ProcessedEvent.objects.all().delete()
    OrderEvent.objects.all().delete()
    type(payment.order).objects.update(status="pending", paid_at=None)
    Payment.objects.update(
        status="pending", stripe_status="requires_payment_method", completed_at=None
    )


def final_state() -> dict[str, Any]:
    payment = Payment.objects.select_related("order").get()
    return {
        "payment": payment.status,
        "stripe": payment.stripe_status,
        "codes": payment.failure_code + payment.decline_code,
        "charge": payment.charge_id[:3],
        "order": payment.order.status,
        "paid at": payment.order.paid_at == payment.completed_at is not None,
        "times paid": OrderEvent.objects.filter(after="paid").count(),
        "open events": ProcessedEvent.objects.filter(processed=False).count(),
    }


PAID = {
    "payment": "completed",
    "stripe": "succeeded",
    "codes": "",
    "charge": "ch_",
    "order": "paid",
    "paid at": True,
    "times paid": 1,
    "open events": 0,
}


@pytest.fixture
def purchase(transactional_db: None, sandbox: SandboxProcess) -> Payment:
    """Declined, then 3-D Secure, then paid: all that the webhook has not told yet."""
    payment = open_purchase()
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.pay(str(payment.intent_id), card=NEEDS_3DS)
    return payment


@pytest.fixture
def news(purchase: Payment, sandbox: SandboxProcess) -> list[dict[str, Any]]:
    """Its events of the types we act on."""
    found = [
        event
        for event in sandbox.events()
        if event["type"].startswith("payment_intent.")
        and event["type"] != "payment_intent.created"
    ]
    assert [event["type"].partition(".")[2] for event in found] == [
        "payment_failed",
        "requires_action",
        "succeeded",
    ]
    return found


def test_every_order_of_the_events_ends_the_same(
    client: Client, purchase: Payment, news: list[dict[str, Any]]
) -> None:
    for order in permutations(news):
        forget_all_but_the_purchase(purchase)

        statuses = [deliver(client, event).status_code for event in order]

        assert statuses == [200] * 3
        assert final_state() == PAID


@hypothesis_settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_order_with_doubles_ends_the_same_with_one_mail(
    client: Client,
    purchase: Payment,
    news: list[dict[str, Any]],
    mailoutbox: list[EmailMessage],
    data: st.DataObject,
) -> None:
    forget_all_but_the_purchase(purchase)
    told = data.draw(st.permutations([*news, *news]))

    for event in told:
        deliver(client, event)

    assert final_state() == PAID
    assert len(mailoutbox) == 1
