"""Open payments: what became of them at Stripe."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.utils.timezone import now

from payments.actions.lost_intent import SLACK
from payments.actions.settlement import apply_intent
from payments.find_payment import payment_with
from payments.gateway import IntentSnapshot, NotFound, gateway
from payments.models import Payment
from payments.reconcile.drift import Drift
from payments.status import OPEN, PaymentStatus

# Stripe needs a moment, and so does the browser.
SETTLING = timedelta(minutes=1)


def survey_open_payments() -> Iterator[Drift]:
    """Payments that Stripe knows and has moved on."""
    old_enough = Payment.objects.filter(
        status__in=OPEN, created_at__lte=now() - SETTLING
    )
    for payment in old_enough.exclude(intent_id=None).prefetch_related("order"):
        try:
            intent = gateway().fetch_intent(str(payment.intent_id))
        except NotFound:
            yield _drift(payment, "nothing", None)
            continue
        if (payment.status, payment.stripe_status) != (
            intent.status,
            intent.stripe_status,
        ):
            yield _drift(payment, intent.stripe_status, intent)


def survey_lost_answers() -> Iterator[Drift]:
    """Payments whose creation was never answered, and whose intent exists."""
    unanswered = list(
        Payment.objects.filter(
            intent_id=None, status__in=OPEN, created_at__lte=now() - SETTLING
        )
    )
    if not unanswered:
        return
    oldest = min(payment.created_at for payment in unanswered)
    by_order: dict[str, list[IntentSnapshot]] = {}
    for intent in gateway().intents_since(oldest - SLACK):
        if intent.order_id and payment_with(intent.intent_id) is None:
            by_order.setdefault(intent.order_id, []).append(intent)
    for payment in unanswered:
        for intent in by_order.get(str(payment.order_id), [])[:1]:
            yield _drift(payment, f"{intent.intent_id} {intent.stripe_status}", intent)


def _drift(payment: Payment, stripes: str, intent: IntentSnapshot | None) -> Drift:
    return Drift(
        kind="payment",
        about=payment.intent_id or str(payment.pk),
        order=payment.order_number,
        ours=f"{payment.status}/{payment.stripe_status}",
        stripes=stripes,
        mend=partial(_mend, payment, intent) if intent else None,
    )


def _mend(payment: Payment, intent: IntentSnapshot) -> None:
    apply_intent(payment, intent, by="reconcile")
    if payment.status != PaymentStatus(intent.status):
        raise RuntimeError(f"{payment} stays {payment.status}")
