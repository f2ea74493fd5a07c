"""A shop with something to tell for every figure, and the page that tells it."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from lumira.outbox.models import MAX_ATTEMPTS, Message
from orders.status import OrderStatus
from payments.models import Dispute, Payment, ProcessedEvent, ReconcileRun, Refund
from payments.status import DisputeStatus, PaymentStatus, RefundStatus
from tests.admin.reading_pages import markup, plain
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.factories.subscriptions import make_subscription

PAGE = reverse("admin:index")


def sell(amount: int = 7900, *, currency: str = "eur") -> Payment:
    """Paid just now. A test that runs over midnight sees it in the thirty days."""
    order = make_order(
        amount=amount,
        currency=currency,
        status=OrderStatus.PAID,
        paid_at=now(),
        due_at=now() + timedelta(days=3),
    )
    return make_payment(order=order, status=PaymentStatus.COMPLETED, completed_at=now())


def decline(decline_code: str) -> Payment:
    return make_payment(
        status=PaymentStatus.FAILED,
        failure_code="card_declined",
        decline_code=decline_code,
    )


def give_back(payment: Payment, amount: int, status: RefundStatus) -> Refund:
    return Refund.objects.create(
        payment=payment,
        order_number=payment.order_number,
        amount=amount,
        currency=payment.currency,
        status=status,
        requested_by="claire",
    )


def contest(payment: Payment, *, hours: int) -> Dispute:
    return Dispute.objects.create(
        payment=payment,
        order_number=payment.order_number,
        stripe_id=f"dp_{payment.order_number}",
        amount=payment.amount,
        currency=payment.currency,
        reason="fraudulent",
        status=DisputeStatus.NEEDS_RESPONSE,
        due_by=now() + timedelta(hours=hours),
    )


def make_busy_shop() -> None:
    """One row at least for every figure."""
    give_back(sell(), 1000, RefundStatus.SUCCEEDED)
    give_back(sell(), 500, RefundStatus.PENDING)
    sell(12_000, currency="jpy")
    decline("insufficient_funds")
    make_order(
        status=OrderStatus.COMPLETED,
        paid_at=now() - timedelta(hours=30),
        completed_at=now(),
        due_at=now(),
    )
    make_order(
        status=OrderStatus.PAID, paid_at=now(), due_at=now() - timedelta(hours=1)
    )
    contest(sell(), hours=30)
    make_subscription()
    Message.objects.create(topic="alert", key="dead", attempts=MAX_ATTEMPTS)
    ProcessedEvent.objects.create(event_id="evt_1", type="refund.failed", livemode=0)
    ReconcileRun.objects.create(by="worker", finished_at=now(), left=["intent pi_1"])


def tiles(client: Client, **query: str) -> dict[str, str]:
    """Each figure's name, and what it says."""
    found = {}
    for tile in markup(client, PAGE, **query).split('<li class="tile')[1:]:
        label, value = (
            plain(re.findall(rf'class="tile__{part}">(.*?)</p>', tile, re.DOTALL)[0])
            for part in ("label", "value")
        )
        found[label] = value
    return found


def links(client: Client) -> dict[str, str]:
    """Each figure's name, and the list it leads to."""
    pattern = r'class="tile__link" href="([^"]*)" aria-label="([^"]*?)\s*: '
    page = markup(client, PAGE, periode="30")
    return {
        plain(label): url.replace("&amp;", "&")
        for url, label in re.findall(pattern, page)
    }


def rows_of(client: Client, url: str) -> list[Any]:
    answer = client.get(url)
    assert answer.status_code == 200, url  # not sent back: the list knows the filter
    context = answer.context
    return list(context["cl"].queryset if "cl" in context else context["rows"])
