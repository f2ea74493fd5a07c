"""Give a customer something to pay on."""

import logging
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import note, told_in_log
from lumira.kit.prepared import prepared
from lumira.kit.prepared_writes import insert
from orders.models import Order
from orders.status import UNPAID
from payments.actions.close_payment import close_unknown
from payments.actions.lost_intent import find_lost_intent
from payments.actions.settlement import apply_intent
from payments.gateway import (
    IntentSnapshot,
    NotFound,
    StoredFailure,
    gateway,
    is_live,
)
from payments.metrics.counters import checkout_begun
from payments.models import Payment
from payments.status import OPEN, PaymentStatus
from payments.subscriptions.begin import begin_subscription

logger = logging.getLogger(__name__)


# Of the payment's order: what can change while its page is open.
_NEEDED = (
    *(field.attname for field in Payment._meta.concrete_fields),
    *("order__status", "order__is_on_hold"),
)


class AlreadyPaid(Exception):
    """There is nothing left to pay."""


class OrderFrozen(Exception):
    """Our books and Stripe's disagree about this order; a person must look first."""


class PaymentUnderWay(Exception):
    """The bank has not answered the last try yet; a second one could charge twice."""


@told_in_log
def start_payment(
    order: Order, *, begun: Payment | None = None, customer_id: str = ""
) -> tuple[Payment, IntentSnapshot]:
    """The order's one open payment and its intent; made if there is none.

    `begun` is that payment, for whoever has just made it. `customer_id` is Stripe's,
    for a buyer who has proven who they are: an attempt that is made now can be paid
    with their saved cards.

    Fifty calls at once end with the same intent: our row is the one open payment
    the database allows, and its id is the key Stripe sees. After a lost answer
    the same key finds the same intent. Raises AlreadyPaid, PaymentUnderWay,
    OrderFrozen, CardRefused and GatewayError; the order is kept in every case.
    """
    payment, intent = _look_at(begun or _open_payment(order, customer_id), order)
    if payment.status == PaymentStatus.CANCELLED:
        # Stripe had closed it (cancelled in its dashboard): the next attempt.
        payment, intent = _look_at(_open_payment(order, customer_id), order)
    if payment.status == PaymentStatus.COMPLETED:
        raise AlreadyPaid(order.number)
    if payment.status == PaymentStatus.PROCESSING:
        raise PaymentUnderWay(order.number)
    return payment, intent


def begin_payment(order: Order, *, customer_id: str = "") -> Payment:
    """The row of an attempt. The order is unpaid, and ours in this transaction."""
    checkout_begun(is_subscription=order.service.is_recurring)
    payment = Payment(
        order=order,
        stripe_metadata=metadata_for(order),
        stripe_customer_id=customer_id,
        order_number=order.number,
        amount=order.amount,
        currency=order.currency,
        livemode=is_live(),
    )
    insert(payment)
    return payment


def _look_at(payment: Payment, order: Order) -> tuple[Payment, IntentSnapshot]:
    note(**payment.log_facts)
    try:
        intent = _intent_of(payment, order)
    except StoredFailure:
        payment, intent = _begin_anew(payment, order)
    except NotFound as problem:
        if payment.intent_id is None:
            # It was the customer that is gone: the next attempt does without.
            logger.warning("Nothing to pay %s on was made: %s", order.number, problem)
            payment, intent = _begin_anew(payment, order)
        else:
            # Made with other keys, or test data that was deleted: nobody can pay it.
            close_unknown(payment, by="checkout")
            payment = _open_payment(order)
            intent = _intent_of(payment, order)
    is_news = not _is_as_we_know(payment, intent)
    if is_news and not apply_intent(payment, intent, by="checkout"):
        raise OrderFrozen(order.number)
    return payment, intent


def _is_as_we_know(payment: Payment, intent: IntentSnapshot) -> bool:
    """Stripe says of an open payment word for word what our row says."""
    known = IntentSnapshot(
        intent_id=payment.intent_id or "",
        status=PaymentStatus(payment.status),
        stripe_status=payment.stripe_status,
        amount=payment.amount,
        amount_received=0,
        currency=payment.currency,
        livemode=payment.livemode,
        # An intent without a charge does not undo the one that we know of.
        charge_id=payment.charge_id if intent.charge_id else "",
        failure_code=payment.failure_code,
        decline_code=payment.decline_code,
        order_id=str(payment.order_id),
    )
    is_ours = payment.is_open and payment.livemode == is_live()
    return is_ours and replace(intent, client_secret="") == known


def _open_payment(order: Order, customer_id: str = "") -> Payment:
    """Find or create the row. Of two creators the constraint lets one win."""
    for _try in range(2):
        if found := _with_its_orders_state(order.pk):
            [payment] = found
            # Money of an older attempt may have paid it, while a younger one is open.
            order.status = payment.order.status
            order.is_on_hold = payment.order.is_on_hold
            payment.order = order
            if order.status not in UNPAID:
                raise AlreadyPaid(order.number)
            if order.is_on_hold:
                raise OrderFrozen(order.number)
            return payment
        try:
            return _create_payment(order, customer_id)
        except IntegrityError:
            logger.info("Another request opened the payment of %s first", order.number)
    return order.payments.get(status__in=OPEN)


@prepared
def _with_its_orders_state(order_id: UUID) -> QuerySet[Payment]:
    """The one open payment. One row, so a join is cheap on every engine."""
    open_ones = Payment.objects.filter(order_id=order_id, status__in=sorted(OPEN))
    return open_ones.select_related("order").only(*_NEEDED)


@transactional
def _create_payment(order: Order, customer_id: str) -> Payment:
    # Takes the row: money that settles the order now waits, or has settled it.
    payable = Order.objects.filter(
        pk=order.pk, status__in=sorted(UNPAID), is_on_hold=False, erasure=None
    )
    if not payable.update(updated_at=now()):
        order.refresh_from_db(fields=["status", "is_on_hold", "erasure"])
        is_paid = order.status not in UNPAID
        raise (AlreadyPaid if is_paid else OrderFrozen)(order.number)
    order.refresh_from_db(fields=["amount", "currency"])
    return begin_payment(order, customer_id=customer_id)


def _intent_of(payment: Payment, order: Order) -> IntentSnapshot:
    """The intent, from Stripe, or as it was moments ago if nothing happened since."""
    moments_ago = caches["process"]
    cached: IntentSnapshot | None = moments_ago.get(_cache_key(payment))
    if cached:
        return cached
    intent = _ask_stripe(payment, order)
    moments_ago.set(_cache_key(payment), intent, settings.INTENT_CACHE_S)
    return intent


def _cache_key(payment: Payment) -> str:
    """Another one after every change of the row, so that old news is not found.

    In milliseconds: MongoDB keeps no more, and the row may be as we wrote it.
    """
    at = payment.updated_at
    return f"intent:{payment.pk}:{at:%Y%m%dT%H%M%S}.{at.microsecond // 1000:03}"


def _ask_stripe(payment: Payment, order: Order) -> IntentSnapshot:
    if payment.intent_id:
        return gateway().fetch_intent(payment.intent_id)
    if order.service.is_recurring:
        intent = begin_subscription(payment, order)
        payment.refresh_from_db(fields=["intent_id", "stripe_invoice_id", "updated_at"])
        return intent
    intent = gateway().create_intent(
        amount=payment.amount,
        currency=payment.currency,
        metadata=payment.stripe_metadata,
        idempotency_key=payment.idempotency_key,
        customer_id=payment.stripe_customer_id,
    )
    payment.remember_intent(intent.intent_id)
    return intent


def _begin_anew(payment: Payment, order: Order) -> tuple[Payment, IntentSnapshot]:
    """Stripe will repeat its answer to this key: look whether it made the intent.

    If not, this attempt is closed and the next one has a key of its own. Nobody was
    ever given the secret of an intent that turns up later, so nobody can pay it.
    """
    if not find_lost_intent(payment):
        payment.close_without_intent()
    if payment.intent_id:
        # Perhaps found by another request meanwhile, and given to its customer.
        return payment, gateway().fetch_intent(payment.intent_id)
    following = _open_payment(order)
    return following, _intent_of(following, order)


def metadata_for(order: Order) -> dict[str, str]:
    """What Stripe is told besides the sum: our ids, nothing personal, no free text."""
    metadata = {
        "orderId": str(order.pk),
        "service": order.service.slug,
        "level": str(order.level),
    }
    if order.expert_id:
        metadata["expertId"] = str(order.expert_id)
    if order.user_id:
        metadata["userId"] = str(order.user_id)
    return metadata
