"""/abonnements/<id>/carte/: another card for what is to come and what is late."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lumira.limits.limit import TooMany
from lumira.limits.page import too_many_page
from orders.masked_email import masked_email
from payments.defence.admitting import admit_card_back
from payments.failure_messages import message_for
from payments.gateway import CardRefused, GatewayError, NotFound
from payments.models import Subscription
from payments.status import GOING_ON
from payments.subscription_state import card_brand, invoice_to_pay
from payments.subscriptions.change import ChangeRefused, finish_card_change
from payments.views.card_form import card_form
from payments.views.stripe_pages import takes_cards
from payments.views.subscriber import for_subscriber

# What Stripe says when the bank wants to see the person before it pays the invoice.
# https://docs.stripe.com/error-codes
ASKS_FOR_THE_PERSON = frozenset(
    {"authentication_required", "invoice_payment_intent_requires_action"}
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_subscriber
@takes_cards
def change_card(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """The card form; its script sends the confirmed card here, by POST."""
    if subscription.status not in GOING_ON:
        return redirect("payments:subscription", subscription.pk)
    setup_id = request.POST.get("setup_intent", "")
    if request.method == "POST" and setup_id:
        try:
            admit_card_back(request)
        except TooMany as problem:
            return too_many_page(request, problem)
        return _finish(request, subscription, setup_id)
    return _page(request, subscription)


def _finish(
    request: HttpRequest, subscription: Subscription, setup_id: str
) -> HttpResponse:
    try:
        is_kept = finish_card_change(subscription, setup_id, by="customer")
    except CardRefused as refused:
        return _unpaid_still(request, subscription, refused)
    except (ChangeRefused, NotFound):
        text = _("Cette carte n’a pas pu être enregistrée. Réessayez.")
        messages.error(request, text)
    except GatewayError:
        # The card is confirmed: only sending this again is left to do.
        return _page(request, subscription, setup_id=setup_id, status=503)
    else:
        if not is_kept:
            text = _(
                "Votre banque n’a pas confirmé cette carte. Réessayez, ou prenez-en "
                "une autre."
            )
            messages.warning(request, text)
            return redirect("payments:subscription-card", subscription.pk)
        messages.success(request, _("Votre nouvelle carte est enregistrée."))
    return redirect("payments:subscription", subscription.pk)


def _unpaid_still(
    request: HttpRequest, subscription: Subscription, refused: CardRefused
) -> HttpResponse:
    """The card is kept, but what was unpaid could not be charged to it."""
    if refused.code in ASKS_FOR_THE_PERSON:
        text = _(
            "Votre nouvelle carte est enregistrée. Votre banque demande encore votre "
            "accord pour la somme en retard."
        )
        messages.warning(request, text)
        return redirect("payments:subscription-pay", subscription.pk)
    text = _("Votre nouvelle carte est enregistrée, mais la somme en retard reste due.")
    reason = message_for(refused.code, refused.decline_code)
    messages.warning(request, f"{text} {reason}")
    return redirect("payments:subscription", subscription.pk)


def _page(
    request: HttpRequest,
    subscription: Subscription,
    *,
    setup_id: str = "",
    status: int = 200,
) -> HttpResponse:
    here = reverse("payments:subscription-card", args=[subscription.pk])
    context = {
        "subscription": subscription,
        # A link that somebody else sent must not look like one's own.
        "whose": masked_email(subscription.email),
        "service": subscription.first_order.service,
        "card_brand": card_brand(subscription),
        "unpaid": invoice_to_pay(subscription),
        "confirmed_setup": setup_id,
        **card_form(
            askUrl=reverse("api-1.0.0:card_setup", args=[subscription.pk]),
            returnUrl=settings.SITE_URL + here,
            leaveUrl=reverse("payments:subscription", args=[subscription.pk]),
        ),
    }
    return render(request, "subscriptions/card.html", context, status=status)
