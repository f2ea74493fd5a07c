"""create-payment-intent and confirm-payment."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Router

from lumira.kit.money import money
from orders.access import is_buyer
from orders.actions import choose as choosing
from orders.actions.place_order import (
    Buyer,
    NotOffered,
    RequestId,
    RequestKeyReused,
    place_order,
    placed_before,
)
from orders.models import Order
from orders.status import UNPAID
from payments.actions.confirm_payment import confirm_payment
from payments.actions.saved_cards import open_saved_cards
from payments.actions.start_payment import (
    AlreadyPaid,
    OrderFrozen,
    PaymentUnderWay,
    start_payment,
)
from payments.api.errors import ApiError, payment_unavailable, unknown_order
from payments.api.schemas import (
    ConfirmPayment,
    CreatePaymentIntent,
    PaymentConfirmed,
    PaymentIntentCreated,
    Problem,
)
from payments.failure_messages import message_for
from payments.gateway import CardRefused, GatewayError
from payments.models import Payment
from payments.status import PaymentStatus
from payments.subscriptions.begin import EmailNeeded

router = Router(tags=["checkout"])
METADATA_KEYS = frozenset({"orderId", "userId", "level", "service", "expertId"})
PROBLEMS = {code: Problem for code in (400, 404, 409, 413, 503)}


@router.post(
    "/create-payment-intent",
    response={200: PaymentIntentCreated, **PROBLEMS},
    exclude_unset=True,
)
def create_payment_intent(
    request: HttpRequest, wanted: CreatePaymentIntent
) -> dict[str, Any]:
    """Place an order, or take up an existing one, and open its payment.

    With the header `X-Request-Id` (or `Idempotency-Key`) a repeated call returns
    the same order and the same intent.
    """
    _check_metadata(wanted.metadata)
    order = _existing(wanted.orderId) if wanted.orderId else _place(request, wanted)
    is_theirs = order.status in UNPAID and is_buyer(request, order)
    cards = open_saved_cards(order.email) if is_theirs else None
    try:
        payment, intent = start_payment(
            order, customer_id=cards.customer_id if cards else ""
        )
    except AlreadyPaid:
        message = _("Cette commande est déjà payée.")
        raise ApiError(
            409, "order_already_paid", message, orderId=str(order.pk)
        ) from None
    except PaymentUnderWay:
        message = _("Un paiement est en attente de confirmation pour cette commande.")
        raise ApiError(
            409, "payment_processing", message, orderId=str(order.pk)
        ) from None
    except EmailNeeded:
        raise _email_required() from None
    except OrderFrozen:
        message = _(
            "Nous devons vérifier cette commande avant son paiement. Écrivez-nous : "
            "rien n’est perdu."
        )
        raise ApiError(409, "order_on_hold", message, orderId=str(order.pk)) from None
    except CardRefused as refused:
        message = message_for(refused.code, refused.decline_code)
        raise ApiError(
            400,
            "payment_error",
            message,
            errorCode=refused.code,
            orderId=str(order.pk),
        ) from refused
    except GatewayError as error:
        raise payment_unavailable(str(order.pk)) from error
    told = {
        "clientSecret": intent.client_secret,
        "orderId": order.pk,
        "amount": payment.amount,
        "currency": payment.currency,
        "expertName": order.expert.name if order.expert else None,
        "productName": order.service.name,
    }
    if cards and cards.can_pay(payment):
        told["customerSessionClientSecret"] = cards.client_secret
    return told


@router.post("/confirm-payment", response={200: PaymentConfirmed, **PROBLEMS})
def confirm(request: HttpRequest, wanted: ConfirmPayment) -> dict[str, Any]:
    """Ask Stripe about a payment and settle the order, as the webhook would."""
    payment = Payment.objects.filter(intent_id=wanted.paymentIntentId).first()
    if payment is None:
        raise ApiError(404, "unknown_payment", _("Ce paiement n’existe pas."))
    order = payment.order
    try:
        confirm_payment(payment, by="customer")
    except GatewayError as error:
        raise payment_unavailable(str(order.pk)) from error
    return {
        "success": payment.status == PaymentStatus.COMPLETED,
        "order": {
            "id": order.pk,
            "status": payment.status,
            "paymentStatus": payment.stripe_status,
            "amount": order.amount,
            "service": order.service.slug,
        },
    }


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
        return Order.objects.get(pk=UUID(order_id))
    except (ValueError, Order.DoesNotExist):
        raise unknown_order() from None


def _place(request: HttpRequest, wanted: CreatePaymentIntent) -> Order:
    request_id = _request_id(request, wanted)
    try:
        if earlier := placed_before(request_id):
            return earlier
        return _place_new(wanted, request_id)
    except RequestKeyReused:
        message = _("Cet identifiant de requête a déjà servi pour une autre commande.")
        raise ApiError(409, "idempotency_conflict", message) from None


def _place_new(wanted: CreatePaymentIntent, request_id: RequestId | None) -> Order:
    choice = _choose(wanted)
    if choice.service.is_recurring and not wanted.customerEmail:
        raise _email_required()
    buyer = Buyer(
        email=_email(wanted.customerEmail),
        name=(wanted.customerName or "").strip(),
        language=translation.get_language() or "fr",
    )
    try:
        return place_order(
            service=choice.service,
            expert=choice.expert,
            buyer=buyer,
            by="api",
            request=request_id,
        )
    except NotOffered:
        raise _not_offered() from None


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


def _email_required() -> ApiError:
    message = _("Un abonnement demande une adresse e-mail.")
    return ApiError(400, "email_required", message)


def _not_offered() -> ApiError:
    message = _("Cet expert ne propose pas ce service.")
    return ApiError(400, "service_not_offered", message)


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
