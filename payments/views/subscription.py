"""/abonnements/<id>/: how a subscription stands, and what its subscriber can do."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from payments.gateway import GatewayError, gateway
from payments.models import Subscription
from payments.status import GOING_ON, InvoiceStatus
from payments.subscription_state import (
    NEVER_BEGAN,
    WORDS,
    card_brand,
    invoice_to_pay,
    subscription_standing,
)
from payments.subscriptions.change import ChangeRefused, resume, stop_at_period_end
from payments.subscriptions.terms import next_charge_of, price_of
from payments.views.stripe_pages import leads_to_stripe
from payments.views.subscriber import for_subscriber

logger = logging.getLogger(__name__)


@require_safe
@for_subscriber
@leads_to_stripe
def subscription_page(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Changes nothing, and asks Stripe nothing."""
    if subscription.status in NEVER_BEGAN:
        return redirect(subscription.first_order)
    standing = subscription_standing(subscription)
    invoices = subscription.invoices.exclude(status=InvoiceStatus.DRAFT)
    context = {
        "subscription": subscription,
        "service": subscription.first_order.service,
        "expert": subscription.first_order.expert,
        "standing": standing,
        "standing_text": WORDS[standing],
        "is_going_on": subscription.status in GOING_ON,
        "price_text": price_of(subscription),
        "card_brand": card_brand(subscription),
        "next_charge_on": next_charge_of(subscription),
        "unpaid": invoice_to_pay(subscription),
        "invoices": invoices.prefetch_related("payment").order_by("-created_at"),
    }
    return render(request, "subscriptions/subscription.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_subscriber
def stop(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Asks first, and says until when the service lasts; a POST does it."""
    if subscription.status not in GOING_ON or subscription.stops_at_period_end:
        return redirect("payments:subscription", subscription.pk)
    if request.method == "POST":
        try:
            stop_at_period_end(subscription, by="customer")
        except (ChangeRefused, GatewayError) as problem:
            tell_problem(request, subscription, problem)
        else:
            messages.success(request, _("C’est noté : votre abonnement s’arrêtera."))
        return redirect("payments:subscription", subscription.pk)
    context = {
        "subscription": subscription,
        "service": subscription.first_order.service,
        "is_late": invoice_to_pay(subscription) is not None,
    }
    return render(request, "subscriptions/stop.html", context)


@require_POST
@for_subscriber
def go_on(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Take a stop back. Sent twice, it is one."""
    try:
        resume(subscription, by="customer")
    except (ChangeRefused, GatewayError) as problem:
        tell_problem(request, subscription, problem)
    else:
        messages.success(request, _("Votre abonnement continue."))
    return redirect("payments:subscription", subscription.pk)


@require_POST
@for_subscriber
def invoice_file(
    request: HttpRequest, subscription: Subscription, invoice_id: UUID
) -> HttpResponse:
    """On to the PDF at Stripe. By POST, because asking for its address takes a call."""
    invoice = get_object_or_404(subscription.invoices, pk=invoice_id)
    try:
        address = gateway().billing.fetch_invoice(invoice.stripe_id).pdf_url
    except GatewayError as problem:
        tell_problem(request, subscription, problem)
        return redirect("payments:subscription", subscription.pk)
    if not address:
        messages.info(request, _("Cette facture n’est pas encore prête."))
        return redirect("payments:subscription", subscription.pk)
    return HttpResponseRedirect(address)


def tell_problem(
    request: HttpRequest, subscription: Subscription, problem: Exception
) -> None:
    """What the person reads when nothing was changed."""
    if isinstance(problem, ChangeRefused):
        text = _("Cet abonnement est terminé : il n’y a plus rien à changer.")
    else:
        logger.warning("No answer about %s: %s", subscription.order_number, problem)
        text = _(
            "Le service de paiement ne répond pas. Rien n’a changé : réessayez dans un "
            "instant."
        )
    messages.error(request, text)
