"""The order that create-payment-intent is about: one that is there, or a new one."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from lumira.kit.money import money
from lumira.kit.prepared import prepared
from lumira.limits.limit import TooMany
from orders.access import reachable_orders
from orders.actions import choose as choosing
from orders.actions.place_order import (
    Buyer,
    NotOffered,
    RequestId,
    RequestKeyReused,
    place_order,
    placed_before,
)
from orders.admit_order import Admitted, admit_order
from orders.models import Order
from orders.status import UNPAID
from orders.who_asks import is_proven
from payments.actions.start_payment import begin_payment
from payments.api.errors import ApiError, too_many, unknown_order
from payments.api.schemas import CreatePaymentIntent
from payments.defence.admitting import admit_new, admit_payment
from payments.models import Payment

_NEEDED = (
    *("correlation_id", "number", "email", "status", "is_on_hold", "level", "user_id"),
    *("service__slug", "service__name", "service__billing", "expert__name"),
)
METADATA_KEYS = frozenset({"orderId", "userId", "level", "service", "expertId"})


@dataclass(frozen=True, slots=True)
class ToPay:
    """`begun` is the payment that was saved with a new order."""

    order: Order
    begun: Payment | None = None


def order_to_pay(request: HttpRequest, wanted: CreatePaymentIntent) -> ToPay:
    """Find or place it, and ask whether its buyer may go on to Stripe now.

    Counted once: as a new order, or as one that is asked for again. A call repeated
    with its request key is the order of the first. Raises ApiError.
    """
    _check_metadata(wanted.metadata)
    if wanted.orderId:
        order = _existing(wanted.orderId)
    else:
        request_id = _request_id(request, wanted)
        earlier = _placed_before(request_id)
        if earlier is None:
            return _place(request, wanted, request_id)
        order = earlier
    if order.status in UNPAID:
        try:
            admit_payment(request, order)
        except TooMany as problem:
            raise too_many(problem, orderId=str(order.pk)) from None
    return ToPay(order)


def email_required() -> ApiError:
    message = _("Un abonnement demande une adresse e-mail.")
    return ApiError(400, "email_required", message)


def _check_metadata(metadata: dict[str, Any] | None) -> None:
    """Raises ApiError for keys we do not take, and for values that are no words."""
    unknown = sorted((metadata or {}).keys() - METADATA_KEYS)
    odd = [key for key, value in (metadata or {}).items() if not _is_word(value)]
    if unknown or odd:
        message = _("Métadonnées non acceptées : %(keys)s.") % {
            "keys": ", ".join([*unknown, *odd])[:200]
        }
        raise ApiError(400, "invalid_metadata", message)


def _is_word(value: object) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number or (isinstance(value, str) and len(value) <= 100)


def _existing(order_id: str) -> Order:
    try:
        found = _reachable_order(UUID(order_id))
    except ValueError:
        found = []
    if not found:
        raise unknown_order()
    return found[0]


@prepared
def _reachable_order(order_id: UUID) -> QuerySet[Order]:
    """With what paying it needs; Django asks for the rest where it is wanted after all.

    Not the customer's answers: reading them means to decrypt them.
    """
    orders = reachable_orders().select_related("service", "expert").only(*_NEEDED)
    return orders.filter(pk=order_id)


def _placed_before(request_id: RequestId | None) -> Order | None:
    try:
        return placed_before(request_id)
    except RequestKeyReused:
        raise _key_reused() from None


def _place(
    request: HttpRequest, wanted: CreatePaymentIntent, request_id: RequestId | None
) -> ToPay:
    choice = _choose(wanted)
    if choice.service.is_recurring and not wanted.customerEmail:
        raise email_required()
    buyer = Buyer(
        email=_email(wanted.customerEmail),
        name=(wanted.customerName or "").strip(),
        language=translation.get_language() or "fr",
    )
    try:
        admitted = admit_order(request, buyer.email)
    except TooMany as problem:
        raise too_many(problem) from None
    to_pay = _place_order(choice, buyer, request_id, admitted)
    order = to_pay.order
    try:
        admit_new(order, admitted)
    except TooMany as problem:
        raise too_many(problem, orderId=str(order.pk)) from None
    return to_pay


def _place_order(
    choice: choosing.Choice,
    buyer: Buyer,
    request_id: RequestId | None,
    admitted: Admitted,
) -> ToPay:
    """Its payment is begun with it: one commit for both.

    Not for a proven buyer, whose customer at Stripe it would have to name; and not
    under attack, when not every order may be paid.
    """
    begun: list[Payment] = []
    at_once = not admitted.under_attack and not is_proven(admitted.asking)
    try:
        order = place_order(
            service=choice.service,
            expert=choice.expert,
            buyer=buyer,
            by="api",
            request=request_id,
            sender=admitted.asking,
            with_it=(lambda new: begun.append(begin_payment(new))) if at_once else None,
        )
    except RequestKeyReused:  # by a call at the same moment
        raise _key_reused() from None
    except NotOffered:
        raise _not_offered() from None
    # None of them if it is the order of an earlier call after all; the last one, if
    # the database had the transaction repeated.
    its_own = [payment for payment in begun if payment.order_id == order.pk]
    return ToPay(order, its_own[-1] if its_own else None)


def _choose(wanted: CreatePaymentIntent) -> choosing.Choice:
    """Turn what was refused, and why, into an answer with a code."""
    if not wanted.productId and (not wanted.expertId or wanted.amount is None):
        raise ApiError(
            400,
            "Expert ID and amount are required",
            _("Indiquez un expert et un montant, un service ou une commande."),
        )
    hints = wanted.metadata or {}
    service = wanted.productId or str(hints.get("service") or "")
    expert = wanted.expertId or str(hints.get("expertId") or "")
    try:
        return choosing.choose(
            service_slug=service,
            expert_id=expert,
            amount=wanted.amount,
        )
    except choosing.UnknownExpert:
        message = _("Cet expert n’existe pas ou ne consulte plus.")
        raise ApiError(404, "unknown_expert", message) from None
    except choosing.UnknownService:
        message = _("Ce service n’existe pas ou n’est plus proposé.")
        raise ApiError(404, "unknown_service", message) from None
    except choosing.NoServiceAtThisPrice:
        message = _("Ce montant n’est le prix d’aucun service de cet expert.")
        raise ApiError(400, "unknown_service", message) from None
    except choosing.NotOfferedByExpert:
        raise _not_offered() from None
    except choosing.AmountDiffers as differs:
        price = money(differs.price, differs.currency)
        message = _("Le prix de ce service est %(price)s.") % {"price": price}
        raise ApiError(
            409,
            "amount_mismatch",
            message,
            amount=differs.price,
            currency=differs.currency,
        ) from None


def _email(text: str | None) -> str:
    email = (text or "").strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            message = _("Cette adresse e-mail n’est pas valide.")
            raise ApiError(400, "invalid_email", message) from None
    return email


def _request_id(request: HttpRequest, wanted: CreatePaymentIntent) -> RequestId | None:
    name = request.headers.get("X-Request-Id") or request.headers.get("Idempotency-Key")
    if not name:
        return None
    asked_for = wanted.model_dump(exclude={"description"}, exclude_none=True)
    return RequestId(
        key=_digest(f"api:{name}"),
        digest=_digest(json.dumps(asked_for, sort_keys=True)),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key_reused() -> ApiError:
    message = _("Cet identifiant de requête a déjà servi pour une autre commande.")
    return ApiError(409, "idempotency_conflict", message)


def _not_offered() -> ApiError:
    message = _("Cet expert ne propose pas ce service.")
    return ApiError(400, "service_not_offered", message)
