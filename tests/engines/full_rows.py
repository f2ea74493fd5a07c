"""The rows of a shop of some years. Most of it is over.

One row of a hundred is in each state that still needs somebody, and few have what is
rare, so that a query for those is worth an index.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils.timezone import now

from lumira.accounts.models import LoginAttempts, User
from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.models import (
    Delivery,
    Expert,
    ExpertReview,
    Order,
    OrderEvent,
    OrderFile,
    OrderHold,
    Reading,
    ReadingAttachment,
    Service,
    Validation,
)
from orders.models.hold import HoldReason
from orders.models.order import NUMBER_ALPHABET
from orders.models.service import Billing
from orders.status import OrderStatus, ReviewStatus, ValidationStatus
from payments.models import (
    Customer,
    Dispute,
    FraudWarning,
    Invoice,
    Payment,
    ProcessedEvent,
    RecurringPrice,
    Refund,
    Subscription,
    SubscriptionEvent,
)
from payments.status import (
    DisputeStatus,
    InvoiceStatus,
    PaymentStatus,
    RefundStatus,
    SubscriptionStatus,
)
from tests.factories.catalogue import make_expert, make_service

ROWS = 1500
EXPERTS = 40
# Two and a half years of orders; the newest are of these hours.
EVERY = timedelta(hours=15)
STATES = {
    1: OrderStatus.PENDING,
    2: OrderStatus.PAID,
    3: OrderStatus.PROCESSING,
    4: OrderStatus.AWAITING_VALIDATION,
    5: OrderStatus.FAILED,
    6: OrderStatus.REFUNDED,
}


def is_rare(n: int) -> bool:
    """One of two hundred."""
    return n % 200 == 7


@dataclass(frozen=True, slots=True)
class Few:
    """What many rows name."""

    experts: list[Expert]
    author: User
    price: RecurringPrice


def event_id(n: int) -> str:
    return f"evt_old{n:021d}"


def code(n: int) -> str:
    """The end of an order's number."""
    digits = NUMBER_ALPHABET
    return "".join(
        digits[n // len(digits) ** place % len(digits)] for place in range(6)
    )


def moment(n: int) -> datetime:
    """When the row number n was made: the last one an hour ago."""
    return now() - timedelta(hours=1) - EVERY * (ROWS - 1 - n)


def make_few() -> Few:
    return Few(
        experts=[make_expert(slug=f"expert-{n}") for n in range(EXPERTS)],
        author=User.objects.create_user("author", is_staff=True),
        price=RecurringPrice.objects.create(
            service=make_service(),
            amount=100,
            currency="eur",
            interval=Billing.MONTH,
            livemode=False,
        ),
    )


def _services() -> list[Service]:
    return [make_service(slug=slug) for slug in ("premium", "basic", "rare")]


def make_orders(few: Few) -> Iterator[Order]:
    services = _services()
    for n in range(ROWS):
        status = STATES.get(n % 100, OrderStatus.COMPLETED)
        at = moment(n)
        is_paid = status not in {OrderStatus.PENDING, OrderStatus.FAILED}
        is_done = status == OrderStatus.COMPLETED
        yield Order(
            number=f"LU{at:%y%m%d}-{code(n)}",
            email=f"person{n % 700}@example.org",
            name=f"Alice Martin {n}",
            intake={"phone": f"+336{n:08d}"},
            service=services[2] if n % 100 == 8 else services[n % 2],
            expert=few.experts[n % EXPERTS],
            level=2,
            duration=60,
            amount=7900,
            currency="eur",
            status=status,
            is_on_hold=is_rare(n),
            request_key=f"request-{n}",
            created_at=at,
            paid_at=at if is_paid else None,
            completed_at=at + timedelta(days=2) if is_done else None,
            due_at=at + timedelta(days=3) if is_paid else None,
        )


def make_payment_of(n: int, order: Order) -> Payment:
    status = PaymentStatus.COMPLETED if order.paid_at else PaymentStatus.CANCELLED
    if order.status == OrderStatus.PENDING:
        status = PaymentStatus.PENDING
    return Payment(
        order=order,
        order_number=order.number,
        intent_id=f"pi_{n:024d}",
        charge_id=f"ch_{n:024d}",
        amount=order.amount,
        currency="eur",
        # One open payment is Stripe's to settle, in the mode of the tests.
        livemode=status == PaymentStatus.COMPLETED and not is_rare(n),
        status=status,
        amount_refunded=0 if is_rare(n) else 100,
        amount_refunding=100 if is_rare(n) else 0,
        created_at=order.created_at,
        completed_at=order.paid_at,
    )


def rows_of_an_order(
    n: int, order: Order, payment: Payment, few: Few
) -> Iterator[Model]:
    at = order.created_at
    yield OrderEvent(order=order, after=OrderStatus.PENDING, by="customer", at=at)
    yield OrderEvent(order=order, after=order.status, by="stripe", at=at)
    yield OrderFile(order=order, file=f"orders/{n}", mimetype="image/jpeg", size=1)
    yield OrderHold(
        order=order,
        reason=HoldReason.DISPUTE,
        about=f"dp_{n}",
        placed_at=at,
        released_at=None if is_rare(n) else at,
    )
    yield ExpertReview(
        order=order,
        expert=few.experts[n % EXPERTS],
        assigned_at=at,
        status=ReviewStatus.PENDING if n % 100 == 3 else ReviewStatus.APPROVED,
    )
    reading = Reading(order=order, author=few.author, created_at=at)
    yield reading
    yield ReadingAttachment(
        reading=reading, file=f"readings/{n}", mimetype="audio/mpeg", size=1
    )
    yield Validation(reading=reading, status=ValidationStatus.APPROVED)
    yield Delivery(order=order, reading=reading, sent_at=None if is_rare(n) else at)


def rows_of_a_payment(
    n: int, order: Order, payment: Payment, few: Few
) -> Iterator[Model]:
    at = payment.created_at
    same = {"payment": payment, "order_number": order.number, "created_at": at}
    sum_of_it = {"amount": 100, "currency": "eur"}
    yield Refund(
        **same,
        **sum_of_it,
        stripe_id=f"re_{n:024d}",
        status=RefundStatus.PENDING if is_rare(n) else RefundStatus.SUCCEEDED,
        origin="dashboard" if n % 100 == 9 else "shop",
        requested_by="claire",
    )
    yield Dispute(
        **same,
        **sum_of_it,
        stripe_id=f"dp_{n:024d}",
        reason="fraudulent",
        status=DisputeStatus.NEEDS_RESPONSE if is_rare(n) else DisputeStatus.WON,
        due_by=at + timedelta(days=10),
    )
    yield FraudWarning(
        **same, stripe_id=f"issfr_{n:024d}", fraud_type="other", actionable=is_rare(n)
    )
    customer = Customer(
        email=f"subscriber{n}@example.org", livemode=False, stripe_id=f"cus_{n:024d}"
    )
    yield customer
    subscription = Subscription(
        first_payment=payment,
        first_order=order,
        order_number=order.number,
        email=order.email,
        customer=customer,
        price=few.price,
        stripe_id=f"sub_{n:024d}",
        livemode=False,
        status=_of_subscription(n),
        period_end=at + timedelta(days=30),
        stops_at_period_end=is_rare(n),
        created_at=at,
        **sum_of_it,
    )
    yield subscription
    yield SubscriptionEvent(subscription=subscription, status="active", by="stripe")
    yield Invoice(
        stripe_id=f"in_{n:024d}",
        number=f"LUMIRA-{n:04d}",
        intent_id=f"pi_{n:024d}",
        subscription=subscription,
        payment=payment,
        status=InvoiceStatus.OPEN if is_rare(n) else InvoiceStatus.PAID,
        amount_due=100,
        currency="eur",
        created_at=at,
    )


def _of_subscription(n: int) -> SubscriptionStatus:
    if is_rare(n):
        return SubscriptionStatus.PAST_DUE
    return SubscriptionStatus.CANCELED


def rows_of_its_own(n: int) -> Iterator[Model]:
    at = moment(n)
    yield ProcessedEvent(
        event_id=event_id(n),
        type="payment_intent.succeeded",
        object_id=f"pi_{n:024d}",
        livemode=not is_rare(n),
        received_at=at,
        processed=not is_rare(n),
        outcome="applied",
    )
    yield Message(
        topic="refunded" if is_rare(n) else "order_paid",
        key=f"key-{n}",
        about=f"order-{n}",
        created_at=at,
        due_at=at,
        sent_at=None if n % 500 == 9 else at,
    )
    yield AuditEntry(
        sequence=n + 1,
        at=at,
        by="paul" if is_rare(n) else "claire",
        action="order.assigned" if is_rare(n) else "order.moved",
        about_type="orders.order",
        about_id=f"order-{n}",
        hash=f"{n:064d}",
        key_id="1",
    )
    yield LoginAttempts(key=f"{n:064d}", last_at=at if is_rare(n) else now(), version=1)
    yield Session(session_key=f"session-{n}", session_data="", expire_date=at)
