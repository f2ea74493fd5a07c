"""What the pages of the staff ask of the database: each list, filter, search, page."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.timezone import localtime

from lumira.accounts.models import User
from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.models import Expert, Order, Service
from orders.status import OrderStatus
from orders.work_queues import Queue
from payments.admin.dashboard import PARAMETER, PERIODS
from payments.models import (
    Dispute,
    FraudWarning,
    Invoice,
    Payment,
    ProcessedEvent,
    Refund,
    Subscription,
)
from payments.status import (
    DisputeStatus,
    InvoiceStatus,
    PaymentStatus,
    RefundStatus,
    SubscriptionStatus,
)
from tests.admin.people import client_of_expert
from tests.engines.full_tables import full_tables
from tests.engines.hot_paths import Questions, check
from tests.factories.staff import client_of

Query = dict[str, str]


def of_lists() -> Questions:
    """Of every table that grows: each filter, and each kind of search.

    The rows and their number, not the page around them: that is the same each time.
    """
    return {
        f"{model._meta.label_lower}?{_words(query)}": _read(model, query)
        for model in listed_models()
        for query in queries_of(model)
    }


def of_pages() -> Questions:
    """Each list as it opens, one row of each, the figures, and the queues."""
    client = client_of(superuser())
    index = reverse("admin:index")
    figures = [f"{index}?{PARAMETER}={period}" for period in PERIODS]
    questions = {url: _get(client, url) for url in figures}
    for model in listed_models():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.all()[20]
        questions |= {
            f"the list of {model._meta.label_lower}": _get(
                client, reverse(f"{name}_changelist")
            ),
            f"a page of {model._meta.label_lower}": _get(
                client, reverse(f"{name}_change", args=[quote(row.pk)])
            ),
        }
    return questions | _queues(client, "everybody's")


def of_an_expert() -> Questions:
    """Who sees only their own orders, and those they could take."""
    expert = Expert.objects.get(slug="expert-7")
    client = client_of_expert(expert)
    own = Order.objects.filter(expert=expert)[0]
    orders = reverse("admin:orders_order_changelist")
    page = reverse("admin:orders_order_change", args=[own.pk])
    return {
        "an expert's orders": _get(client, orders),
        "an expert's order": _get(client, page),
    } | _queues(client, "an expert's")


def listed_models() -> list[type[Model]]:
    tables = full_tables()
    return [model for model in admin.site._registry if model._meta.db_table in tables]


def changelist_of(model: type[Model], query: Query) -> ChangeList:
    request = RequestFactory().get("/", query)
    request.user = superuser()
    return admin.site._registry[model].get_changelist_instance(request)


def queries_of(model: type[Model]) -> list[Query]:
    """A value of each filter that a few rows have, and what a person would type."""
    row: Any = model._default_manager.all()[20]
    queries: dict[type[Model], Iterator[Query]] = {
        Order: _of_orders(row),
        Payment: _of_payments(row),
        Refund: _of_refunds(row),
        Dispute: _of_disputes(row),
        FraudWarning: _of_warnings(row),
        ProcessedEvent: _of_events(row),
        Subscription: _of_subscriptions(row),
        Invoice: _of_invoices(row),
        Message: _of_messages(row),
        AuditEntry: _of_entries(row),
    }
    return list(queries[model])


def superuser() -> User:
    known = User.objects.filter(username="root").first()
    return known or User.objects.create_superuser("root")


def _of_orders(order: Any) -> Iterator[Query]:
    yield {"status__exact": OrderStatus.PAID}
    yield {"is_on_hold__exact": "1"}
    yield {"service__id__exact": str(Service.objects.get(slug="rare").pk)}
    yield {"expert__id__exact": str(order.expert_id)}
    yield {"late": "1"}
    yield from ({"queue": queue.value} for queue in Queue)
    yield _on_the_day_of("created_at", order)
    yield _on_the_day_of("paid_at", order)
    payment = Payment.objects.get(order=order)
    yield from _searches(order.number, order.number[:8], order.email)
    yield from _searches(payment.intent_id, payment.charge_id)
    for rows in (payment.refunds, payment.disputes, payment.fraud_warnings):
        yield from _searches(*rows.values_list("stripe_id", flat=True))
    yield from _searches(ProcessedEvent.objects.get(object_id=payment.intent_id).pk)
    yield from _searches("Martin", order.number[-4:])
    yield from _searches(order.intake["phone"])
    # Every column that can be sorted by, either way round.
    yield from ({"o": f"{way}{column}"} for column in (0, 1, 5, 6) for way in ("", "-"))


def _of_payments(payment: Any) -> Iterator[Query]:
    yield {"status__exact": PaymentStatus.PENDING}
    yield {"livemode__exact": "0"}
    yield _on_the_day_of("created_at", payment)
    yield _on_the_day_of("completed_at", payment)
    yield from _searches(payment.order_number, payment.order_number[:8])
    yield from _searches(payment.intent_id, payment.charge_id)


def _of_refunds(refund: Any) -> Iterator[Query]:
    yield {"status__exact": RefundStatus.PENDING}
    yield {"origin__exact": "dashboard"}
    yield _on_the_day_of("created_at", refund)
    yield from _searches(refund.order_number, refund.stripe_id, "claire")


def _of_disputes(dispute: Any) -> Iterator[Query]:
    yield {"waits": "1"}
    yield {"status__exact": DisputeStatus.NEEDS_RESPONSE}
    yield _on_the_day_of("due_by", dispute)
    yield from _searches(dispute.order_number, dispute.stripe_id)


def _of_warnings(warning: Any) -> Iterator[Query]:
    yield {"actionable__exact": "1"}
    yield _on_the_day_of("created_at", warning)
    yield from _searches(warning.order_number, warning.stripe_id)


def _of_events(event: Any) -> Iterator[Query]:
    yield {"processed__exact": "0"}
    yield {"livemode__exact": "0"}
    yield _on_the_day_of("received_at", event)
    yield from _searches(event.event_id, event.object_id, "payment_intent.")


def _of_subscriptions(one: Any) -> Iterator[Query]:
    yield {"status__exact": SubscriptionStatus.PAST_DUE}
    yield {"stops_at_period_end__exact": "1"}
    yield {"ancien_prix": "rare"}
    yield _on_the_day_of("period_end", one)
    yield from _searches(one.order_number, one.customer.email, one.stripe_id)
    yield from _searches(one.customer.stripe_id, one.invoices.get().stripe_id)


def _of_invoices(invoice: Any) -> Iterator[Query]:
    yield {"status__exact": InvoiceStatus.OPEN}
    yield _on_the_day_of("created_at", invoice)
    yield from _searches(invoice.number, invoice.stripe_id, invoice.intent_id)
    yield from _searches(invoice.subscription.order_number)


def _of_messages(message: Any) -> Iterator[Query]:
    yield {"topic": "refunded"}
    yield from _searches(message.key, message.about)


def _of_entries(entry: Any) -> Iterator[Query]:
    yield {"by": "paul"}
    yield {"action": "order.assigned"}
    yield _on_the_day_of("at", entry)
    yield from _searches(entry.about_id, "paul")


def _searches(*words: str | None) -> Iterator[Query]:
    return ({"q": str(word)} for word in words)


def _on_the_day_of(field: str, row: Any) -> Query:
    day = localtime(getattr(row, field)).date().isoformat()
    return {f"{field}_from": day, f"{field}_to": day}


def _words(query: Query) -> str:
    return "&".join(f"{name}={value}" for name, value in query.items())


def _read(model: type[Model], query: Query) -> Any:
    return lambda: list(changelist_of(model, query).result_list)


def _queues(client: Client, whose: str) -> Questions:
    return {
        f"{whose} queue {queue.value}": _get(
            client, reverse("admin:orders_order_queue", args=[queue.value])
        )
        for queue in Queue
    }


def _get(client: Client, url: str) -> Any:
    return lambda: check(client.get(url))
