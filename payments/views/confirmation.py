"""/confirmation?order_id=…: where Stripe sends the browser back to."""

import logging
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumira.kit.prepared import prepared
from lumira.limits.limit import TooMany
from orders.access import reachable_orders
from orders.masked_email import masked_email
from orders.models import Order
from payments.actions.confirm_payment import confirm_payment
from payments.defence.admitting import admit_confirmation
from payments.failure_messages import message_for
from payments.gateway import GatewayError
from payments.models import Payment
from payments.order_state import (
    Standing,
    deciding_one_of,
    deciding_payment,
    standing_of,
)
from payments.order_story import story_of
from payments.subscriptions.terms import terms_of

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest) -> HttpResponse:
    """Say how the order stands in our books; POST asks Stripe first.

    What the address claims (`redirect_status` and so on) is a hint anybody can
    write, and is not read. Without JavaScript a button makes the POST.
    """
    order = _order(request)
    if request.method == "POST":
        _ask_stripe(request, order)
        return redirect(order)
    attempts = _attempts(order.pk)
    payment = deciding_one_of(attempts)
    outcome = standing_of(order, payment)
    amount_refunded = sum(one.amount_refunded for one in attempts)
    context = {
        "order": order,
        "service": order.service,
        "expert": order.expert,
        "outcome": outcome,
        "terms": terms_of(order),
        "failure_message": (
            message_for(payment.failure_code, payment.decline_code)
            if payment and outcome == Standing.FAILED
            else ""
        ),
        "story": story_of(order, outcome, attempts),
        "masked_email": masked_email(order.email),
        "amount_refunded": amount_refunded,
        "amount_refunding": sum(one.amount_refunding for one in attempts),
        "check_again_url": order.get_absolute_url(),
        "config": {
            "orderId": str(order.pk),
            "orderUrl": reverse("api-1.0.0:order", args=[order.pk]),
            "confirmUrl": reverse("api-1.0.0:confirm"),
            "paymentIntentId": payment.intent_id if payment else None,
            "outcome": outcome,
            "workflowStatus": order.status,
            "amountRefunded": amount_refunded,
        },
    }
    return render(request, "checkout/confirmation.html", context)


def _order(request: HttpRequest) -> Order:
    try:
        order_id = UUID(request.GET.get("order_id", ""))
    except ValueError:
        raise Http404 from None
    found = _reachable_order(order_id)
    if not found:
        raise Http404
    return found[0]


@prepared
def _reachable_order(order_id: UUID) -> QuerySet[Order]:
    """One row: here a join is the cheaper. The customer's answers stay encrypted."""
    orders = reachable_orders().select_related("service", "expert").defer("intake")
    return orders.filter(pk=order_id)


@prepared
def _attempts(order_id: UUID) -> QuerySet[Payment]:
    return Payment.objects.filter(order_id=order_id)


def _ask_stripe(request: HttpRequest, order: Order) -> None:
    payment = deciding_payment(order)
    if payment is None:
        return
    try:
        admit_confirmation(request, order)
        confirm_payment(payment, by="customer")
    except TooMany:
        logger.info("Asked too often about %s", order.number)
    except GatewayError as error:
        # The page still tells what we know; the webhook or the next try tells more.
        logger.warning("No answer about %s: %s", order.number, error)
