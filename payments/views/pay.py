"""/paiement/<order id>/: the summary and the card form."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lumira.limits.limit import TooMany
from lumira.limits.page import too_many_page
from orders.access import reachable_orders
from payments.defence.admitting import paused_until
from payments.failure_messages import message_for
from payments.order_state import Standing, deciding_payment, standing_of
from payments.subscriptions.terms import terms_of
from payments.views.card_form import card_form
from payments.views.stripe_pages import takes_cards

NOTHING_TO_PAY = {Standing.PAID, Standing.PROCESSING, Standing.REFUNDED}


@never_cache
@require_safe
@takes_cards
def pay(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Changes nothing: the page's script asks the API for the intent to pay on.

    So a reload, a second tab, a link opened on another device or a link preview
    are all harmless. What can no longer be paid goes to the page that says so.
    """
    orders = reachable_orders().select_related("service")
    order = get_object_or_404(orders, pk=order_id)
    payment = deciding_payment(order)
    outcome = standing_of(order, payment)
    if outcome in NOTHING_TO_PAY:
        return redirect(order)
    if until := paused_until(request, order):
        return too_many_page(
            request, TooMany(until), order_number=order.number, again_here=True
        )
    context = {
        "order": order,
        "service": order.service,
        "expert": order.expert,
        "terms": terms_of(order),
        "outcome": outcome,
        "failure_message": (
            message_for(payment.failure_code, payment.decline_code) if payment else ""
        ),
        **card_form(
            orderId=str(order.pk),
            createUrl=reverse("api-1.0.0:create_payment_intent"),
            confirmUrl=reverse("api-1.0.0:confirm"),
            orderUrl=reverse("api-1.0.0:order", args=[order.pk]),
            confirmationUrl=settings.SITE_URL + order.get_absolute_url(),
        ),
    }
    return render(request, "checkout/pay.html", context)
