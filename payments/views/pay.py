"""/paiement/<order id>/: the summary and the card form."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.models import Order
from payments.failure_messages import all_messages
from payments.gateway import is_live
from payments.order_state import Standing, deciding_payment, standing_of
from payments.subscriptions.terms import terms_of

NOTHING_TO_PAY = {Standing.PAID, Standing.PROCESSING, Standing.REFUNDED}


@never_cache
@require_safe
def pay(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Changes nothing: the page's script asks the API for the intent to pay on.

    So a reload, a second tab, a link opened on another device or a link preview
    are all harmless. What can no longer be paid goes to the page that says so.
    """
    order = get_object_or_404(Order.objects.select_related("service"), pk=order_id)
    if standing_of(order, deciding_payment(order)) in NOTHING_TO_PAY:
        return redirect(order)
    context = {
        "order": order,
        "service": order.service,
        "expert": order.expert,
        "terms": terms_of(order),
        "stripe_js_url": settings.STRIPE_JS_URL,
        "is_test_mode": not is_live(),
        "config": {
            "publishableKey": settings.STRIPE_PUBLISHABLE_KEY,
            "orderId": str(order.pk),
            "createUrl": reverse("api-1.0.0:create_payment_intent"),
            "confirmUrl": reverse("api-1.0.0:confirm"),
            "orderUrl": reverse("api-1.0.0:order", args=[order.pk]),
            "confirmationUrl": settings.SITE_URL + order.get_absolute_url(),
            "locale": translation.get_language(),
            "messages": all_messages(),
        },
    }
    return render(request, "checkout/pay.html", context)
