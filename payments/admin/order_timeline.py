"""What an order's timeline tells of its money."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.money import money
from lumira.kit.readonly_admin import short_moment
from orders.admin.message_moments import name_topic
from orders.admin.order_moments import actor
from orders.admin.timeline import Moment, add_timeline_source
from orders.models import Order
from payments.admin.badges import DISPUTE_COLOURS, OUTCOMES, REFUND_COLOURS
from payments.admin.dispute_words import fraud_words, reason_words
from payments.admin.event_words import event_words
from payments.admin.order_money import OrderMoney, money_of
from payments.admin.payment_events import MOST_SHOWN, event_url
from payments.admin.refund_words import failure_words
from payments.admin.stripe_dashboard import dashboard_url
from payments.failure_messages import message_for
from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, Refund
from payments.models.refund import Origin
from payments.status import (
    ENDED,
    ON_THE_WAY,
    DisputeStatus,
    PaymentStatus,
    RefundStatus,
)

name_topic("refunded", "E-mail au client : remboursement")
name_topic("order_received", "E-mail au client : commande reçue, à régler")
name_topic("payment_failed", "E-mail au client : paiement refusé, avec le lien")
name_topic("resume_reminder", "E-mail au client : rappel de la commande")
name_topic("subscription_price_moved", "E-mail au client : nouveau prix")
name_topic("alert", "Alerte à l’équipe, par e-mail")
name_topic("alert_post", "Alerte à l’équipe, publiée")


@add_timeline_source
def money_moments(order: Order, request: HttpRequest) -> Iterator[Moment]:
    """Payments, refunds, disputes and warnings; what this person may see of them."""
    known = money_of(order, request)
    for payment in known.payments:
        yield from _payment(payment)
    for refund in known.refunds:
        yield from _refund(refund)
    for dispute in known.disputes:
        yield from _dispute(dispute)
    for warning in known.warnings:
        yield _warning(warning)


@add_timeline_source
def event_moments(order: Order, request: HttpRequest) -> Iterator[Moment]:
    """What Stripe told us, and what came of it. One query."""
    if not request.user.has_perm("payments.view_processedevent"):
        return
    ids = _stripe_ids(money_of(order, request))
    events = ProcessedEvent.objects.filter(object_id__in=ids)
    for event in events.order_by("received_at")[:MOST_SHOWN]:
        yield _event(event)


def _payment(payment: Payment) -> Iterator[Moment]:
    price = money(payment.amount, payment.currency)
    url = reverse("admin:payments_payment_change", args=[payment.pk])
    outside = _outside(payment.intent_id, payment)
    yield Moment(
        payment.created_at,
        f"Paiement de {price} préparé",
        payment.intent_id or "Pas encore chez Stripe",
        url=url,
        outside_url=outside,
    )
    if payment.completed_at:
        yield Moment(
            payment.completed_at,
            f"{price} encaissés",
            payment.charge_id or payment.intent_id or "",
            url=url,
            outside_url=_outside(payment.charge_id, payment) or outside,
            tone="success",
        )
    elif payment.status == PaymentStatus.FAILED:
        code = payment.decline_code or payment.failure_code
        said = message_for(payment.failure_code, payment.decline_code)
        yield Moment(
            payment.updated_at,
            f"Paiement de {price} refusé",
            f"{said} ({code})" if code else said,
            url=url,
            outside_url=outside,
            tone="danger",
        )
    elif payment.status == PaymentStatus.CANCELLED:
        yield Moment(
            payment.updated_at,
            f"Paiement de {price} annulé",
            url=url,
            outside_url=outside,
        )


def _refund(refund: Refund) -> Iterator[Moment]:
    price = money(refund.amount, refund.currency)
    url = reverse("admin:payments_refund_change", args=[refund.pk])
    outside = _outside(refund.stripe_id, refund.payment)
    here = refund.origin == Origin.SHOP
    yield Moment(
        refund.created_at,
        f"Remboursement de {price} {'demandé' if here else 'fait chez Stripe'}",
        refund.reason,
        by=actor(refund.requested_by) if here else "",
        url=url,
        outside_url=outside,
    )
    if refund.status in ON_THE_WAY:
        return
    status = RefundStatus(refund.status)
    is_back = status == RefundStatus.SUCCEEDED
    yield Moment(
        refund.updated_at,
        f"Remboursement de {price} : {str(status.label).lower()}",
        "" if is_back else failure_words(refund.failure_reason),
        url=url,
        outside_url=outside,
        tone=REFUND_COLOURS[status],
    )


def _dispute(dispute: Dispute) -> Iterator[Moment]:
    price = money(dispute.amount, dispute.currency)
    url = reverse("admin:payments_dispute_change", args=[dispute.pk])
    outside = _outside(dispute.stripe_id, dispute.payment)
    due = f" Réponse avant le {short_moment(dispute.due_by)}." if dispute.due_by else ""
    yield Moment(
        dispute.created_at,
        f"{price} contestés par la banque du client",
        f"{reason_words(dispute.reason)}.{due}",
        url=url,
        outside_url=outside,
        tone="danger",
    )
    status = DisputeStatus(dispute.status)
    if status in ENDED:
        yield Moment(
            dispute.updated_at,
            f"Litige de {price} : {str(status.label).lower()}",
            url=url,
            outside_url=outside,
            tone=DISPUTE_COLOURS.get(status, "danger"),
        )


def _warning(warning: FraudWarning) -> Moment:
    return Moment(
        warning.created_at,
        "Alerte de fraude du réseau de la carte",
        f"Soupçon : {fraud_words(warning.fraud_type)}",
        url=reverse("admin:payments_fraudwarning_change", args=[warning.pk]),
        outside_url=_outside(warning.payment.intent_id, warning.payment),
        tone="warning",
    )


def _event(event: ProcessedEvent) -> Moment:
    said, tone = OUTCOMES.get(event.outcome, ("Traité", ""))
    if not event.processed:
        said, tone = f"Échoué {event.attempts} fois ({event.last_error})", "danger"
    return Moment(
        event.received_at,
        f"Stripe : {event_words(event.type)}",
        f"{said} · {event.pk}",
        by="Stripe",
        url=event_url(event),
        outside_url=dashboard_url(event.pk, livemode=event.livemode),
        # What went well is told by what it did.
        tone=tone if tone == "danger" else "",
    )


def _stripe_ids(known: OrderMoney) -> list[str]:
    ids: list[str | None] = []
    for payment in known.payments:
        ids += [payment.intent_id, payment.charge_id]
    ids += [refund.stripe_id for refund in known.refunds]
    ids += [dispute.stripe_id for dispute in known.disputes]
    ids += [warning.stripe_id for warning in known.warnings]
    return [stripe_id for stripe_id in ids if stripe_id]


def _outside(stripe_id: str | None, payment: Payment) -> str:
    return dashboard_url(stripe_id, livemode=payment.livemode) if stripe_id else ""
