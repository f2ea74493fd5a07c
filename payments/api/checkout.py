"""create-payment-intent and confirm-payment."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from lumira.limits.limit import TooMany
from orders.access import is_buyer
from orders.status import UNPAID
from payments.actions.confirm_payment import confirm_payment
from payments.actions.saved_cards import open_saved_cards
from payments.actions.start_payment import (
    AlreadyPaid,
    OrderFrozen,
    PaymentUnderWay,
    start_payment,
)
from payments.api.described import REPEATABLE
from payments.api.errors import ApiError, payment_unavailable, too_many
from payments.api.placing import email_required, order_to_pay
from payments.api.schemas import (
    ConfirmPayment,
    CreatePaymentIntent,
    PaymentConfirmed,
    PaymentIntentCreated,
    Problem,
)
from payments.defence.admitting import admit_confirmation
from payments.failure_messages import message_for
from payments.gateway import CardRefused, GatewayError
from payments.models import Payment
from payments.status import PaymentStatus
from payments.subscriptions.begin import EmailNeeded

router = Router(tags=["checkout"])
PROBLEMS = {code: Problem for code in (400, 404, 409, 413, 429, 503)}


@router.post(
    "/create-payment-intent",
    response={200: PaymentIntentCreated, **PROBLEMS},
    exclude_unset=True,
    openapi_extra=REPEATABLE,
)
def create_payment_intent(
    request: HttpRequest, wanted: CreatePaymentIntent
) -> dict[str, Any]:
    """Place an order, or take up an existing one, and open its payment.

    With the header `X-Request-Id` (or `Idempotency-Key`) a repeated call returns
    the same order and the same intent.
    """
    to_pay = order_to_pay(request, wanted)
    order = to_pay.order
    is_theirs = order.status in UNPAID and is_buyer(request, order)
    cards = open_saved_cards(order.email) if is_theirs else None
    try:
        payment, intent = start_payment(
            order,
            begun=to_pay.begun,
            customer_id=cards.customer_id if cards else "",
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
        raise email_required() from None
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
        admit_confirmation(request, order)
    except TooMany as problem:
        raise too_many(problem, orderId=str(order.pk)) from None
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
