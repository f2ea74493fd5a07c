"""All orders of the events of one purchase and its refund: one final state."""

from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from orders.status import UNPAID
from payments.models import Payment, ProcessedEvent, Refund
from tests.engines.isolation import undone
from tests.money.books import alerts, letters, moves, pay, refund
from tests.money.dashboard import (
    Json,
    news,
    refund_there,
    settle_debit,
    switch_on_debits,
)
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db
LATER_S = 3600


def books() -> dict[str, Any]:
    """All that must not depend on the order in which the news came."""
    payment = Payment.objects.get()
    order = payment.order
    return {
        "payment": (payment.status, payment.stripe_status, payment.charge_id[:3]),
        "codes": payment.failure_code + payment.decline_code,
        "sums": (payment.amount_refunded, payment.amount_refunding),
        "refunds": sorted(Refund.objects.values_list("status", "amount", "origin")),
        "order": (order.status, order.is_on_hold),
        "paid at": order.paid_at == payment.completed_at is not None,
        "times paid": order.events.filter(before__in=UNPAID, after="paid").count(),
        "last move": moves(order)[-1],
        "waiting events": ProcessedEvent.objects.filter(processed=False).count(),
        "alerts": alerts(),
        "letters": letters(),
    }


def assert_all_orders_end_so(
    client: Client, events: list[Json], expected: dict[str, Any], *, but: str = ""
) -> None:
    """Deliver each permutation, every event doubled: with its id, and with another.

    Two ids for one change are rare at Stripe and dear to test: each sixth time.
    `but` names what may depend on the order.
    """
    for number, order in enumerate(permutations(events)):
        told = " ".join(event["type"] for event in order)
        with undone():
            for event in order:
                assert deliver(client, event).json() == {"received": True}, told
                assert deliver(client, event).json().get("duplicate"), told
                if number % 6 == 0:
                    copy = event | {"id": f"{event['id']}_copy"}
                    assert deliver(client, copy).json() == {"received": True}, told
            found = books()
        assert {**found, but: None} == {**expected, but: None}, told


def test_a_debit_and_its_refund_made_at_stripe(
    client: Client, sandbox: SandboxProcess
) -> None:
    switch_on_debits(sandbox)
    payment = pay(sandbox, type="sepa_debit")
    settle_debit(sandbox, payment, "succeed")
    refund_there(sandbox, payment)
    sandbox.advance(LATER_S)
    events = news(
        sandbox,
        "payment_intent.processing",
        "payment_intent.succeeded",
        "refund.created",
        "charge.refunded",
        "refund.updated",
    )
    assert len(events) == 5

    assert_all_orders_end_so(
        client,
        events,
        {
            "payment": ("completed", "succeeded", "py_"),
            "codes": "",
            "sums": (7900, 0),
            "refunds": [("succeeded", 7900, "dashboard")],
            "order": ("refunded", False),
            "paid at": True,
            "times paid": 1,
            "last move": "refunded",
            "waiting events": 0,
            "alerts": [],
            "letters": ["order_paid", "refunded"],
        },
    )


def test_a_refund_made_at_stripe_that_fails_after_all(
    client: Client, sandbox: SandboxProcess
) -> None:
    """Whether the customer was told of the refund depends on when we knew."""
    payment = pay(sandbox, card="4000000000005126")
    refund_there(sandbox, payment)
    sandbox.advance(LATER_S)
    events = news(
        sandbox,
        "payment_intent.succeeded",
        "refund.created",
        "charge.refunded",
        "refund.failed",
    )
    assert len(events) == 4

    assert_all_orders_end_so(
        client,
        events,
        {
            "payment": ("completed", "succeeded", "ch_"),
            "codes": "",
            "sums": (0, 0),
            "refunds": [("failed", 7900, "dashboard")],
            "order": ("paid", False),
            "paid at": True,
            "times paid": 1,
            "last move": "paid",
            "waiting events": 0,
            "alerts": ["refund_failed"],
        },
        but="letters",
    )


def test_our_own_refund_whose_answer_was_lost(
    client: Client, sandbox: SandboxProcess
) -> None:
    """The row is here and Stripe's id is not: every event leads to that one row."""
    payment = pay(sandbox, card="4000000000007726")
    Payment.objects.update(status="completed")
    row = refund(payment, 7900)
    sandbox.advance(LATER_S)
    Refund.objects.filter(pk=row.pk).update(stripe_id=None)
    Payment.objects.update(status="pending")
    events = news(
        sandbox,
        "payment_intent.succeeded",
        "refund.created",
        "charge.refunded",
        "refund.updated",
    )
    assert len(events) == 4

    assert_all_orders_end_so(
        client,
        events,
        {
            "payment": ("completed", "succeeded", "ch_"),
            "codes": "",
            "sums": (7900, 0),
            "refunds": [("succeeded", 7900, "shop")],
            "order": ("refunded", False),
            "paid at": True,
            "times paid": 1,
            "last move": "refunded",
            "waiting events": 0,
            "alerts": [],
            "letters": ["order_paid", "refunded"],
        },
    )
