"""A shop of some years: so many rows that a database prefers its indexes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.utils.timezone import now

from lumira.accounts.models import LoginAttempts
from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.models import (
    Delivery,
    ExpertReview,
    Order,
    OrderEvent,
    OrderFile,
    OrderHold,
    Reading,
    ReadingAttachment,
    Validation,
)
from payments.models import (
    Customer,
    Dispute,
    FraudWarning,
    Invoice,
    Payment,
    ProcessedEvent,
    Refund,
    Subscription,
    SubscriptionEvent,
)
from tests.engines.full_rows import (
    ROWS,
    make_few,
    make_orders,
    make_payment_of,
    rows_of_a_payment,
    rows_of_an_order,
    rows_of_its_own,
)

# Our own tables, and Django's, that grow with the shop.
GROWING: tuple[type[Model], ...] = (
    *(Order, OrderEvent, OrderFile, OrderHold, Reading, ReadingAttachment),
    *(ExpertReview, Validation, Delivery, Payment, Refund, Dispute, FraudWarning),
    *(ProcessedEvent, Customer, Subscription, SubscriptionEvent),
    *(Invoice, Message, AuditEntry, LoginAttempts, Session),
)


def fill() -> None:
    """Each of them, with ROWS rows or more."""
    few = make_few()
    orders = list(make_orders(few))
    _save(orders)
    payments = [make_payment_of(n, order) for n, order in enumerate(orders)]
    _save(payments)
    for n_rows in (rows_of_an_order, rows_of_a_payment):
        _save_mixed(
            row
            for n, (order, payment) in enumerate(zip(orders, payments, strict=True))
            for row in n_rows(n, order, payment, few)
        )
    _save_mixed(row for n in range(ROWS) for row in rows_of_its_own(n))
    # What was saved now was not changed now.
    for model in (Order, Payment, Refund, Dispute, Subscription):
        rows = model._default_manager.all()
        rows.update(updated_at=now() - timedelta(days=400))
        newest = list(rows.order_by("-created_at").values_list("pk", flat=True)[:10])
        rows.filter(pk__in=newest).update(updated_at=now())
    if connection.vendor == "postgresql":
        # As its autovacuum does, and as on a disk without arms, where one row here
        # and one there cost little more than a row after the other. SQLite has no
        # such help in real life either.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL random_page_cost = 1.1")


def full_tables() -> set[str]:
    return {model._meta.db_table for model in GROWING}


def _save_mixed(rows: Iterable[Model]) -> None:
    """In the order in which the kinds first appear: the later name the earlier."""
    by_kind: dict[type[Model], list[Model]] = {}
    for row in rows:
        by_kind.setdefault(type(row), []).append(row)
    for same in by_kind.values():
        _save(same)


def _save(rows: list[Any]) -> None:
    # Not by its own manager: the journal's refuses, and this is not its chain.
    type(rows[0])._base_manager.bulk_create(rows, batch_size=500)
