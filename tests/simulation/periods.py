"""What is true of subscriptions: after every step, and beside Stripe's at the end."""

from hypothesis.stateful import invariant

from lumira.outbox.models import Message
from orders.models import Order
from orders.status import UNPAID
from payments.models import Invoice, Subscription
from payments.status import ENDED_SUBSCRIPTION, InvoiceStatus, PaymentStatus
from tests.simulation.stripe_books import StripeBooks
from tests.simulation.world import World


class Periods(World):
    def __init__(self) -> None:
        super().__init__()
        self.ended: dict[str, str] = {}

    @invariant()
    def subscriptions_keep_their_promises(self) -> None:
        self.ended_stays_ended()
        _each_paid_period_has_one_order(self.books)
        _nothing_runs_that_was_not_paid(self.books)

    def ended_stays_ended(self) -> None:
        now = {str(one.pk): one.status for one in Subscription.objects.all()}
        for key, status in self.ended.items():
            assert now[key] == status, (key, status, now[key])
        self.ended |= {
            key: status for key, status in now.items() if status in ENDED_SUBSCRIPTION
        }

    def periods_balance(self) -> None:
        """At the end: every subscription and every period is as Stripe has it."""
        stripe = self.stripe()
        _compare_subscriptions(stripe)
        _compare_invoices(stripe)


def paid_periods(stripe: StripeBooks) -> dict[str, int]:
    """What Stripe took for each invoice, by the intent that paid it."""
    intents = [
        stripe.intent_of(invoice["id"])
        for invoice in stripe.invoices.values()
        if invoice["status"] == "paid"
    ]
    return {intent["id"]: stripe.captured(intent["id"]) for intent in intents}


def _each_paid_period_has_one_order(stripe: StripeBooks) -> None:
    seen = set()
    for invoice in Invoice.objects.exclude(payment=None).prefetch_related(
        "payment__order", "subscription"
    ):
        payment = invoice.payment
        assert payment
        there = stripe.invoices[invoice.stripe_id]
        assert (invoice.status, there["status"]) == ("paid", "paid"), invoice
        assert payment.status == PaymentStatus.COMPLETED
        assert payment.order.status not in UNPAID
        assert payment.order_id not in seen, "One order for two periods."
        seen.add(payment.order_id)
        assert payment.intent_id == stripe.intent_of(invoice.stripe_id)["id"]
        assert payment.amount == there["amount_paid"]
        first = invoice.subscription.first_order_id
        assert first in (payment.order_id, payment.order.renews_id)
    renewals = set(Order.objects.exclude(renews=None).values_list("pk", flat=True))
    assert renewals <= seen, "An order for a period that nobody paid."


def _nothing_runs_that_was_not_paid(stripe: StripeBooks) -> None:
    """Active from the start was paid, or is a debit: Stripe trusts one for its days.

    It may have become late since. The order of a debit waits for the money all the
    same: `_each_paid_period_has_one_order`.
    """
    for one in Subscription.objects.filter(status="active"):
        first = _invoices_there(one, stripe)[0]
        is_trusted = first["status"] == "paid" or stripe.has_debit(first["id"])
        assert is_trusted, (one, first["status"])


def _invoices_there(one: Subscription, stripe: StripeBooks) -> list[dict[str, object]]:
    return [
        invoice
        for invoice in stripe.invoices.values()
        if stripe.subscription_of(invoice)["id"] == one.stripe_id
    ]


def _compare_subscriptions(stripe: StripeBooks) -> None:
    ours = {one.stripe_id: one for one in Subscription.objects.exclude(stripe_id=None)}
    for there in stripe.subscriptions.values():
        one = ours.pop(there["id"], None)
        if one is None:
            # Its answer was lost, and Stripe had forgotten the key: never payable.
            assert there["status"] in ENDED_SUBSCRIPTION, there
            continue
        [item] = there["items"]["data"]
        assert one.status == there["status"], (one, there["status"])
        assert str(one.pk) == there["metadata"]["subscriptionId"]
        assert (one.amount, one.currency) == (
            item["price"]["unit_amount"],
            item["price"]["currency"],
        )
        if one.status not in ENDED_SUBSCRIPTION:
            assert one.stops_at_period_end == there["cancel_at_period_end"]
    assert not ours, "Stripe does not know these."


def _compare_invoices(stripe: StripeBooks) -> None:
    ours = {invoice.stripe_id: invoice for invoice in Invoice.objects.all()}
    for there in stripe.invoices.values():
        invoice = ours.get(there["id"])
        if there["status"] != "paid":
            assert invoice is None or invoice.status == there["status"], there["id"]
            continue
        assert invoice is not None, f"{there['id']} is paid, and not in our books."
        assert invoice.status == InvoiceStatus.PAID
        assert invoice.amount_paid == there["amount_paid"]
        assert invoice.payment_id is not None, f"{there['id']} is paid: no order."
    strange = Message.objects.filter(
        topic="alert",
        payload__kind__in=["invoice_without_payment", "stray_subscription"],
    )
    assert not strange.exists(), list(strange.values_list("payload", flat=True))
