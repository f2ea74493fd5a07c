"""Invoices that are not made yet: what the next one will say.

https://docs.stripe.com/api/invoices/create_preview
"""

from payments.sandbox import clock
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_items import pending_items
from payments.sandbox.billing.invoice_object import new_invoice, set_lines
from payments.sandbox.billing.invoicing import customer_of
from payments.sandbox.billing.lines import line_of_item, recurring_line
from payments.sandbox.billing.periods import end_of_period
from payments.sandbox.billing.subscription_object import (
    KIND,
    period_end_of,
    period_start_of,
)
from payments.sandbox.errors import ApiError
from payments.sandbox.ids import random_text
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_RENEWING = ("active", "past_due", "trialing")


def next_invoice(subscription: Json, *, more_items: list[Json]) -> Json:
    """The next renewal as things stand; `more_items` are prorations being weighed.

    Raises 404 when the subscription will not be renewed.
    """
    if subscription["status"] not in _RENEWING or _ends_before(subscription):
        raise ApiError(
            404,
            f"No upcoming invoices for customer: {subscription['customer']}",
            code="invoice_upcoming_none",
            began=False,
        )
    start = period_end_of(subscription)
    first = subscription["items"]["data"][0]["price"]["recurring"]
    end = end_of_period(subscription["billing_cycle_anchor"], first, start)
    waiting = pending_items(
        subscription["customer"], subscription["currency"], subscription["id"]
    )
    return preview(
        subscription,
        [*reversed(more_items), *waiting],
        period=(start, end),
        period_start=period_start_of(subscription),
        period_end=start,
        next_payment_attempt=start + 3600,
    )


def preview(
    subscription: Json,
    items: list[Json],
    *,
    period: tuple[int, int],
    free: bool = False,
    **fields: int,
) -> Json:
    """An invoice that is neither saved nor told of."""
    customer = customer_of(subscription)
    invoice = new_invoice(
        customer,
        subscription["currency"],
        "upcoming",
        subscription=subscription,
        id=f"upcoming_in_{random_text(24)}",
        auto_advance=True,
        **fields,
    )
    lines = [line_of_item(item) for item in items]
    for item in subscription["items"]["data"]:
        lines.append(recurring_line(subscription, item, *period, free=free))
    set_lines(invoice, lines, customer)
    return invoice


def announce_upcoming(subscription_id: str, moment: int) -> None:
    """The timer behind `invoice.upcoming`. No renewal then: nothing."""
    subscription = STORE.get(KIND, subscription_id)
    if subscription is None or subscription["status"] not in _RENEWING:
        return
    if period_end_of(subscription) == moment and not _ends_before(subscription):
        with in_time_of(subscription):
            emit("invoice.upcoming", next_invoice(subscription, more_items=[]))


def _ends_before(subscription: Json) -> bool:
    cancel_at = subscription["cancel_at"]
    return cancel_at is not None and cancel_at <= max(
        period_end_of(subscription), clock.now()
    )
