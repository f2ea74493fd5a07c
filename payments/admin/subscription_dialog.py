"""The pages that change a subscription: each says what it will do, then does it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from lumira.audit.recording import record
from payments.admin.badges import subscription_badge
from payments.admin.subscription_acts import Act
from payments.gateway import GatewayError, GatewayUnavailable, NotFound
from payments.models import Subscription
from payments.subscriptions.change import ChangeRefused
from payments.subscriptions.terms import price_of

LONGEST_REASON = 500


class ActForm(forms.Form):
    """What was seen, so that nobody agrees to anything else; and why, if asked."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Motif",
        max_length=LONGEST_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Pour l’équipe ; le client ne le lit pas.",
    )

    def __init__(self, act: Act, data: Any = None, *, seen: str) -> None:
        super().__init__(data, initial={"seen": seen})
        if not act.asks_reason:
            del self.fields["reason"]


def subscription_dialog(
    request: HttpRequest, subscription_id: str, act: Act, *, site: AdminSite
) -> HttpResponse:
    """GET shows what it does, POST does it. Sent twice, it is done once."""
    subscription = _subscription(subscription_id)
    if request.method != "POST":
        form = ActForm(act, seen=act.seen(subscription))
        return _page(request, subscription, act, form, site=site)
    if refusal := act.why_not(subscription):
        messages.info(request, refusal)
        return _back(subscription)
    form = ActForm(act, request.POST, seen="")
    if not form.is_valid():
        return _page(request, subscription, act, form, site=site, status=422)
    if form.cleaned_data["seen"] != act.seen(subscription):
        messages.error(request, "Le prix a changé entre-temps. Relisez, puis répondez.")
        form = ActForm(act, seen=act.seen(subscription))
        return _page(request, subscription, act, form, site=site, status=409)
    _carry_out(request, subscription, act, form.cleaned_data.get("reason", ""))
    return _back(subscription)


def _carry_out(
    request: HttpRequest, subscription: Subscription, act: Act, reason: str
) -> None:
    """Do it, between two lines in the journal: asked for, and what came of it.

    The first is saved before Stripe is called: whatever line we die at, it is known
    who wanted what.
    """
    by = request.user.get_username()
    before = _facts(subscription)
    _note(subscription, act, "asked", by=by, before=before)
    try:
        act.do(subscription, by, reason)
    except (ChangeRefused, GatewayError) as problem:
        code = getattr(problem, "code", "") or type(problem).__name__
        _note(subscription, act, "failed", by=by, after={"problem": code})
        messages.error(request, _said_of(problem))
        return
    subscription.refresh_from_db()
    after = _facts(subscription)
    _note(subscription, act, "done", by=by, before=before, after=after)
    messages.success(request, act.done)


def _note(
    subscription: Subscription,
    act: Act,
    what: str,
    *,
    by: str,
    **values: Mapping[str, Any],
) -> None:
    record(f"subscription.{act.name}.{what}", by=by, about=subscription, **values)


def _facts(subscription: Subscription) -> dict[str, Any]:
    return {
        "status": subscription.status,
        "stops_at_period_end": subscription.stops_at_period_end,
        "amount": subscription.amount,
        "currency": subscription.currency,
    }


def _said_of(problem: Exception) -> str:
    if isinstance(problem, ChangeRefused):
        return str(problem)
    if isinstance(problem, NotFound):
        return "Stripe ne connaît pas cet abonnement. Les clés sont-elles les bonnes ?"
    if isinstance(problem, GatewayUnavailable):
        return (
            "Stripe n’a pas répondu. Ce que vous avez demandé est peut-être fait : "
            "relisez chez Stripe, ou redemandez-le, c’est sans danger."
        )
    return f"Stripe a refusé : {problem}. Rien n’a changé."


def _subscription(subscription_id: str) -> Subscription:
    try:
        return get_object_or_404(Subscription, pk=UUID(subscription_id))
    except ValueError:
        raise Http404 from None


def _back(subscription: Subscription) -> HttpResponse:
    return redirect("admin:payments_subscription_change", subscription.pk)


def _page(
    request: HttpRequest,
    subscription: Subscription,
    act: Act,
    form: ActForm,
    *,
    site: AdminSite,
    status: int = 200,
) -> HttpResponse:
    refusal = act.why_not(subscription)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": act.title,
        "act": act,
        "subscription": subscription,
        "badge": subscription_badge(subscription.status),
        "price": price_of(subscription),
        "refusal": refusal,
        "says": [] if refusal else act.says(subscription),
        "form": form,
        "opts": Subscription._meta,
    }
    return TemplateResponse(
        request, "admin/payments/subscription_dialog.html", context, status=status
    )
