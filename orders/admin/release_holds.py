"""The page that lets a frozen order go on: says what it releases, then does it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from orders.actions.hold import release_all_holds
from orders.models import Order


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label="Pourquoi la commande peut continuer",
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


def release_holds(
    request: HttpRequest, order_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows what is in force, POST releases it. Sent twice, it is one release."""
    try:
        order = get_object_or_404(Order, pk=UUID(order_id))
    except ValueError:
        raise Http404 from None
    holds = list(order.holds.filter(released_at=None))
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        release_all_holds(
            order, by=request.user.get_username(), note=form.cleaned_data["note"]
        )
        messages.success(request, "La commande peut continuer.")
        return redirect("admin:orders_order_change", order.pk)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"Débloquer la commande {order.number}",
        "order": order,
        "holds": holds,
        "form": form,
        "opts": Order._meta,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(
        request, "admin/orders/release.html", context, status=status
    )
