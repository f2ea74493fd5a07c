"""Every mail in every state that changes what it says.

The preview pages show them; the tests compare the two bodies of each.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings

from lumira.mail_previews.people import (
    NEXT_CHARGE,
    long_order,
    monthly_service,
    some_invoice,
    some_order,
    some_refund,
    some_subscription,
)
from lumira.outbox.mail import Mail, mail_of
from orders.models import Order
from orders.notifications import facts_for_customer
from payments.alerts.telling import facts_of
from payments.models import Payment, Subscription
from payments.notifications import facts_for_subscriber
from payments.subscriptions.terms import price_per_period
from payments.unpaid.mailing import letter_facts

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """`state` says what is particular. The staff's mails are French only."""

    template: str
    state: str
    facts: Callable[[str], Facts]
    languages: tuple[str, ...] = ("fr", "en")

    @property
    def name(self) -> str:
        return f"{self.template}-{self.state}" if self.state else self.template

    def mail(self, language: str) -> Mail:
        return mail_of(self.template, self.facts(language), language=language)


def of_order(order: Callable[[str], Order], **facts: Any) -> Callable[[str], Facts]:
    return lambda language: facts_for_customer(order(language), **facts)


def of_subscription(
    tell: Callable[[Subscription], Facts] | None = None, **fields: Any
) -> Callable[[str], Facts]:
    """`fields` are the subscription's, `tell` says what else the mail is given."""

    def facts(language: str) -> Facts:
        subscription = some_subscription(language, **fields)
        order = subscription.first_order
        known = facts_for_subscriber(subscription, order)
        more = tell(subscription) if tell else {}
        return facts_for_customer(order, **known, **more)

    return facts


def of_reading(order: Callable[[str], Order]) -> Callable[[str], Facts]:
    def facts(language: str) -> Facts:
        known = facts_for_customer(order(language))
        # As long as a signed link is.
        link = str(known["my_orders_url"]).replace("/commandes/", "/commandes/lecture/")
        return {**known, "reading_url": link}

    return facts


def of_refund(
    order: Callable[[str], Order], amount: int, **more: Any
) -> Callable[[str], Facts]:
    def facts(language: str) -> Facts:
        refund = some_refund(order(language), amount, **more)
        return facts_for_customer(refund.payment.order, refund=refund)

    return facts


def of_refunded_period(language: str) -> Facts:
    subscription = some_subscription(language)
    order = subscription.first_order
    known = facts_for_subscriber(subscription, order)
    refund = some_refund(order, order.amount)
    return facts_for_customer(order, **known, refund=refund, goes_on=True)


def of_unpaid_order(
    order: Callable[[str], Order], failure_code: str = ""
) -> Callable[[str], Facts]:
    def facts(language: str) -> Facts:
        unpaid = order(language)
        payment = Payment(order=unpaid, failure_code=failure_code)
        return facts_for_customer(unpaid, **letter_facts(unpaid, payment))

    return facts


def of_work(**fields: Any) -> Callable[[str], Facts]:
    def facts(language: str) -> Facts:
        page = f"{settings.SITE_URL}/admin/orders/order/"
        return {"order": some_order(language, **fields), "page_url": page}

    return facts


def of_alert(**payload: Any) -> Callable[[str], Facts]:
    return lambda language: facts_of({"about": "", **payload})


def unpaid(wants: str, **fields: Any) -> Callable[[Subscription], Facts]:
    return lambda subscription: {
        "invoice": some_invoice(subscription, **fields),
        "wants": wants,
    }


def dearer(subscription: Subscription) -> Facts:
    before = partial(price_per_period, 7700, "eur", "month")
    return {"price_before_text": before}


def without_expert(language: str) -> Order:
    return some_order(language, expert=None, name="")


def monthly(language: str) -> Order:
    return some_order(language, service=monthly_service())


def _of_orders() -> Iterator[Sample]:
    yield Sample("order_received", "", of_unpaid_order(some_order))
    yield Sample("order_received", "long", of_unpaid_order(long_order))
    yield Sample("order_received", "no-expert", of_unpaid_order(without_expert))
    yield Sample("order_received", "monthly", of_unpaid_order(monthly))
    failed = partial(of_unpaid_order, failure_code="insufficient_funds")
    yield Sample("payment_failed", "", failed(some_order))
    yield Sample("payment_failed", "long", failed(long_order))
    yield Sample("resume_reminder", "", of_unpaid_order(some_order))
    yield Sample("resume_reminder", "long", of_unpaid_order(long_order))
    yield Sample("order_paid", "", of_order(some_order))
    yield Sample("order_paid", "long", of_order(long_order))
    yield Sample("order_paid", "no-expert", of_order(without_expert))
    yield Sample("order_paid", "monthly", of_subscription())
    yield Sample("orders_link", "", of_order(some_order))
    yield Sample("reading_ready", "", of_reading(some_order))
    yield Sample("reading_ready", "long", of_reading(long_order))
    yield Sample("reading_ready", "no-expert", of_reading(without_expert))
    yield Sample("refunded", "", of_refund(some_order, 2900))
    yield Sample("refunded", "more", of_refund(some_order, 1000, before=2900))
    yield Sample("refunded", "whole", of_refund(some_order, 7900))
    yield Sample("refunded", "period", of_refunded_period)
    yield Sample("refunded", "yen", of_refund(long_order, 500))


def _of_subscriptions() -> Iterator[Sample]:
    yield Sample("renewal_paid", "", of_subscription())
    yield Sample("renewal_paid", "stopping", of_subscription(stops_at_period_end=True))
    yield Sample("renewal_paid", "unknown", of_order(long_order))
    again = unpaid("card", next_attempt_at=NEXT_CHARGE)
    yield Sample("renewal_unpaid", "", of_subscription(again))
    yield Sample("renewal_unpaid", "last-try", of_subscription(unpaid("card")))
    yield Sample("renewal_unpaid", "bank", of_subscription(unpaid("authentication")))
    yield Sample("subscription_price_moved", "", of_subscription(dearer))
    not_told = of_subscription(dearer, period_end=None)
    yield Sample("subscription_price_moved", "no-day", not_told)
    yield Sample("subscription_stopping", "", of_subscription())
    yield Sample("subscription_stopping", "no-day", of_subscription(period_end=None))
    yield Sample("subscription_resumed", "", of_subscription())
    yield Sample("subscription_resumed", "no-day", of_subscription(period_end=None))
    yield Sample("subscription_ended", "", of_subscription())
    for reason in ("payment_failed", "payment_disputed"):
        yield Sample("subscription_ended", reason, of_subscription(end_reason=reason))


def _of_staff() -> Iterator[Sample]:
    french = ("fr",)
    yield Sample("order_assigned", "", of_work(), french)
    yield Sample("order_assigned", "no-day", of_work(due_at=None), french)
    yield Sample("reading_rejected", "", of_work(), french)
    happened = of_alert(
        kind="payment_mismatch",
        about="pi_3Q0aLkExample",
        order="LU991122-K7MP4X",
        amount=7900,
        currency="eur",
    )
    yield Sample("alert", "", happened, french)
    lasting = {"kind": "failure_rate", "failed": 31, "ended": 120, "rate": "26 %"}
    yield Sample("alert", "lasts", of_alert(phase="lasts", **lasting), french)
    yield Sample("alert", "ended", of_alert(phase="ended", **lasting), french)
    yield Sample("alert", "unknown", of_alert(kind="new_kind", figure=7), french)


SAMPLES = {
    sample.name: sample
    for samples in (_of_orders, _of_subscriptions, _of_staff)
    for sample in samples()
}
