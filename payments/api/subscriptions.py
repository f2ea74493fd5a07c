"""What the browser needs to change a subscription's card, or to pay what is late.

For the person whose signed link it is, as `orders` is.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from lumira.limits.limit import TooMany
from orders.access import email_of, token_of
from payments.api.described import SignedLink
from payments.api.errors import ApiError, too_many
from payments.api.schemas import CardSetup, OpenInvoice, Problem
from payments.defence.admitting import admit_card
from payments.gateway import GatewayError, gateway
from payments.models import Subscription
from payments.status import InvoiceStatus
from payments.subscription_state import invoice_to_pay
from payments.subscriptions.apply_invoice import ASKS_THE_CUSTOMER, apply_invoice
from payments.subscriptions.change import ChangeRefused, begin_card_change
from payments.subscriptions.look import intent_of

router = Router(tags=["subscriptions"], auth=SignedLink())
PROBLEMS = {code: Problem for code in (401, 404, 409, 413, 429, 503)}


@router.post(
    "/subscriptions/{subscription_id}/card", response={200: CardSetup, **PROBLEMS}
)
def card_setup(request: HttpRequest, subscription_id: str) -> dict[str, Any]:
    """Begin to change the card: a secret for Stripe.js' confirmSetup."""
    subscription = _theirs(request, subscription_id)
    _admit(request)
    try:
        setup = begin_card_change(subscription)
    except ChangeRefused:
        message = _("Cet abonnement est terminé : il n’y a plus rien à changer.")
        raise ApiError(409, "subscription_ended", message) from None
    except GatewayError as error:
        raise _unavailable() from error
    return {"clientSecret": setup.client_secret}


@router.post(
    "/subscriptions/{subscription_id}/open-invoice",
    response={200: OpenInvoice, **PROBLEMS},
)
def open_invoice(request: HttpRequest, subscription_id: str) -> dict[str, Any]:
    """The period that could not be charged: a secret for Stripe.js to pay it with.

    Asks Stripe first: what was paid meanwhile is applied, and cannot be paid again.
    """
    subscription = _theirs(request, subscription_id)
    invoice = invoice_to_pay(subscription)
    if invoice is None:
        raise _nothing_to_pay()
    _admit(request)
    try:
        told = gateway().billing.fetch_invoice(invoice.stripe_id)
        intent = intent_of(told)
    except GatewayError as error:
        raise _unavailable() from error
    apply_invoice(subscription, told, intent, by="customer")
    if intent is None or told.status != InvoiceStatus.OPEN:
        raise _nothing_to_pay()
    return {
        "clientSecret": told.client_secret or intent.client_secret,
        "amount": told.amount_due,
        "currency": told.currency,
        "asksTheCustomer": intent.stripe_status == ASKS_THE_CUSTOMER,
    }


def _theirs(request: HttpRequest, subscription_id: str) -> Subscription:
    email = email_of(token_of(request))
    if email is None:
        message = _("Ouvrez d’abord le lien reçu par e-mail.")
        raise ApiError(401, "sign_in_required", message)
    try:
        return Subscription.objects.get(pk=UUID(subscription_id), email=email)
    except (ValueError, Subscription.DoesNotExist):
        message = _("Cet abonnement n’existe pas.")
        raise ApiError(404, "unknown_subscription", message) from None


def _admit(request: HttpRequest) -> None:
    try:
        admit_card(request)
    except TooMany as problem:
        raise too_many(problem) from None


def _nothing_to_pay() -> ApiError:
    message = _("Votre abonnement est à jour : rien n’est dû.")
    return ApiError(409, "nothing_to_pay", message)


def _unavailable() -> ApiError:
    message = _(
        "Le service de paiement ne répond pas. Rien n’a changé : réessayez dans un "
        "instant."
    )
    return ApiError(503, "payment_unavailable", message)
