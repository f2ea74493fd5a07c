"""/abonnements/<id>/regler/: pay the period that could not be charged."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lumira.limits.limit import TooMany
from lumira.limits.page import too_many_page
from payments.defence.admitting import admit_card_back
from payments.gateway import GatewayError
from payments.models import Invoice, Subscription
from payments.subscription_state import card_brand, invoice_to_pay
from payments.subscriptions.look import look_at_invoice, look_at_subscription
from payments.views.card_form import card_form
from payments.views.stripe_pages import takes_cards
from payments.views.subscriber import for_subscriber

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@for_subscriber
@takes_cards
def pay_renewal(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """The payment form; its script comes back by POST to have Stripe asked."""
    invoice = invoice_to_pay(subscription)
    if request.method == "POST":
        try:
            admit_card_back(request)
        except TooMany as problem:
            return too_many_page(request, problem)
        _ask_stripe(request, subscription, invoice)
        return redirect("payments:subscription", subscription.pk)
    if invoice is None:
        messages.success(request, _("Votre abonnement est à jour : rien n’est dû."))
        return redirect("payments:subscription", subscription.pk)
    return _page(request, subscription, invoice)


def _ask_stripe(
    request: HttpRequest, subscription: Subscription, invoice: Invoice | None
) -> None:
    """Apply what Stripe says of it, as its events would; say how it stands.

    Without an invoice too: the event that it is paid comes before the one that the
    subscription runs, and the page must not say "late" in between.
    """
    try:
        if invoice:
            look_at_invoice(subscription, invoice.stripe_id, by="customer")
        look_at_subscription(subscription, by="customer")
    except GatewayError as problem:
        logger.warning("No answer about %s: %s", subscription.order_number, problem)
    subscription.refresh_from_db()
    following = invoice_to_pay(subscription)
    if following is None:
        messages.success(request, _("Merci, votre paiement est arrivé."))
    elif following != invoice:
        text = _("Merci, votre paiement est arrivé. Une autre période reste à régler.")
        messages.success(request, text)
    else:
        text = _(
            "Nous attendons la réponse de votre banque. Cette page dira quand le "
            "paiement sera arrivé, et un e-mail vous le confirmera."
        )
        messages.info(request, text)


def _page(
    request: HttpRequest, subscription: Subscription, invoice: Invoice
) -> HttpResponse:
    here = reverse("payments:subscription-pay", args=[subscription.pk])
    context = {
        "subscription": subscription,
        "service": subscription.first_order.service,
        "invoice": invoice,
        "card_brand": card_brand(subscription),
        **card_form(
            askUrl=reverse("api-1.0.0:open_invoice", args=[subscription.pk]),
            returnUrl=settings.SITE_URL + here,
            leaveUrl=reverse("payments:subscription", args=[subscription.pk]),
        ),
    }
    return render(request, "subscriptions/pay.html", context)
