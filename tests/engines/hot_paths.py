"""What customers, Stripe and the worker ask of the database, by the real code."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from lumira.accounts.lockout import forget_old_attempts
from lumira.metrics import MEASURED
from lumira.outbox.sending import send_waiting
from orders.access import COOKIE, access_token
from orders.actions.place_order import RequestId, placed_before
from orders.models import Order
from orders.status import OrderStatus
from payments.actions.disputes import apply_dispute, apply_fraud_warning
from payments.actions.refund_ledger import apply_refund
from payments.gateway import (
    DisputeSnapshot,
    FraudWarningSnapshot,
    InvoiceSnapshot,
    RefundSnapshot,
)
from payments.models import Dispute, FraudWarning, Invoice, Payment, Refund
from payments.monitoring.watch import watch
from payments.reconcile.written_runs import begin_run, carry_out_run
from payments.status import (
    DisputeStatus,
    InvoiceStatus,
    PaymentStatus,
    RefundStatus,
    SubscriptionStatus,
)
from payments.subscription_state import invoice_to_pay
from payments.subscriptions.apply_invoice import apply_invoice
from payments.subscriptions.find import subscription_of
from tests.api.calling import ORDER, ORDERS, confirm, create, intent_of
from tests.lumira.answer import Answer
from tests.payments.signed_events import deliver, event, intent_object, succeeded

Questions = dict[str, Callable[[], object]]


def of_customers() -> Questions:
    done = Order.objects.filter(status=OrderStatus.COMPLETED)[0]
    unpaid = Order.objects.filter(status=OrderStatus.PENDING)[0]
    client = Client()
    client.cookies[COOKIE] = access_token(done)
    wanted = {"productId": "premium", "customerEmail": "new@example.org"}
    answers: list[Answer] = []

    def see(name: str, *args: Any, **query: str) -> Callable[[], object]:
        return lambda: check(client.get(reverse(name, args=args), query))

    def check_out() -> None:
        answers.append(check(create(client, wanted, X_Request_Id="request")))

    return {
        "API: an order": lambda: check(client.get(f"{ORDER}{done.pk}")),
        "API: a person's orders": lambda: check(client.get(ORDERS)),
        "API: a checkout": check_out,
        "API: the same checkout again": check_out,
        "API: confirm": lambda: check(confirm(client, intent_of(answers[0]))),
        "my orders": see("orders:my-orders"),
        "the reading": see("orders:reading", done.pk),
        "the confirmation": see("payments:confirmation", order_id=str(done.pk)),
        "the payment page": see("payments:pay", unpaid.pk),
        "the form sent again": lambda: placed_before(RequestId("request-7", "")),
        "a link by mail": lambda: check(
            client.post(reverse("orders:my-orders"), {"email": done.email})
        ),
    }


def of_stripe() -> Questions:
    client = Client()
    first, second = Payment.objects.filter(status=PaymentStatus.PENDING)[:2]
    Payment.objects.filter(pk=second.pk).update(intent_id=None)
    told = succeeded(first)
    early = event("payment_intent.succeeded", intent_object(second, id="pi_early"))
    invoice = Invoice.objects.filter(status=InvoiceStatus.OPEN)[0]

    def apply(invoice_id: str) -> None:
        subscription = subscription_of(str(invoice.subscription.stripe_id), "")
        assert subscription
        subscription.status = SubscriptionStatus.PAST_DUE
        apply_invoice(subscription, _bill(invoice_id), None, by="stripe")
        invoice_to_pay(subscription)

    return {
        "a success": lambda: check(deliver(client, told)),
        "the same event again": lambda: check(deliver(client, told)),
        "a success before the answer": lambda: check(deliver(client, early)),
        "a refund": _about_refund,
        "a dispute": _about_dispute,
        "a warning of fraud": _about_warning,
        "an invoice": lambda: apply(invoice.stripe_id),
        "an invoice nobody knows": lambda: apply("in_new"),
    }


def of_the_worker() -> Questions:
    def reconcile() -> None:
        run = begin_run(by="worker")
        assert run
        carry_out_run(run, say=lambda line: None)

    return {
        "the outbox": send_waiting,
        "reconcile, and the expiry": reconcile,
        "a clean run after it": reconcile,
        "the alarms": watch,
        "forget attempts to sign in": forget_old_attempts,
    }


def of_prometheus() -> Questions:
    return {"what is measured": MEASURED.collect}


def check(answer: Answer) -> Answer:
    """A page that does not come asks nothing. A redirect is an answer."""
    assert answer.status_code < 400, (answer.status_code, answer.content[:500])
    return answer


def _about_refund() -> None:
    refund = Refund.objects.filter(status=RefundStatus.PENDING)[0]
    facts: dict[str, Any] = {
        "intent_id": str(refund.payment.intent_id),
        "status": RefundStatus.SUCCEEDED,
        "amount": 100,
        "currency": "eur",
        "created_at": now(),
    }
    for refund_id in (str(refund.stripe_id), "re_of_the_dashboard"):
        snapshot = RefundSnapshot(refund_id=refund_id, **facts)
        apply_refund(refund.payment, snapshot, by="stripe")


def _about_dispute() -> None:
    dispute = Dispute.objects.filter(status=DisputeStatus.NEEDS_RESPONSE)[0]
    for dispute_id in (dispute.stripe_id, "dp_new"):
        snapshot = DisputeSnapshot(
            dispute_id=dispute_id,
            intent_id=str(dispute.payment.intent_id),
            status=DisputeStatus.UNDER_REVIEW,
            amount=100,
            currency="eur",
            reason="fraudulent",
            created_at=now(),
            due_by=now(),
            funds_withdrawn=True,
        )
        apply_dispute(dispute.payment, snapshot, by="stripe")


def _about_warning() -> None:
    warning = FraudWarning.objects.filter(actionable=True)[0]
    for warning_id in (warning.stripe_id, "issfr_new"):
        snapshot = FraudWarningSnapshot(
            warning_id=warning_id,
            intent_id=str(warning.payment.intent_id),
            fraud_type="other",
            actionable=False,
            created_at=now(),
        )
        apply_fraud_warning(warning.payment, snapshot, by="stripe")


def _bill(invoice_id: str) -> InvoiceSnapshot:
    return InvoiceSnapshot(
        invoice_id=invoice_id,
        subscription_id="",
        our_subscription_id="",
        number="",
        status=InvoiceStatus.OPEN,
        amount_due=100,
        amount_paid=0,
        currency="eur",
        livemode=False,
        created_at=now(),
        attempt_count=1,
        next_attempt_at=None,
    )
