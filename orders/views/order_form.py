"""/commande/: choose, tell, and go on to the payment."""

import hashlib
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.actions.place_order import (
    Buyer,
    NotOffered,
    RequestKeyReused,
    place_order,
)
from orders.forms import OrderForm
from orders.models import Expert, Order, Service
from orders.pictures import attach


@require_http_methods(["GET", "HEAD", "POST"])
def order_form(request: HttpRequest) -> HttpResponse:
    """One form, rendered here, that works without JavaScript. No money moves."""
    if request.method != "POST":
        # ?service=…&expert=… preselects; nonsense in the address selects nothing.
        chosen = {name: request.GET.get(name, "") for name in ("service", "expert")}
        form = OrderForm(initial={**chosen, "request_id": uuid.uuid4()})
        return _page(request, form)

    form = OrderForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        order = _place(form)
    except NotOffered:
        form.add_error("expert", _("Cet expert ne propose pas ce service."))
        return _page(request, form, status=422)
    except RequestKeyReused:
        # The back button, and another choice: a new order, with a new key.
        form.cleaned_data["request_id"] = uuid.uuid4()
        order = _place(form)
    return redirect("payments:pay", order.pk)


def _place(form: OrderForm) -> Order:
    answers = form.cleaned_data
    order = place_order(
        service=answers["service"],
        expert=answers["expert"],
        buyer=Buyer(
            email=answers["email"],
            name=f"{answers['first_name']} {answers['last_name']}",
            intake=form.intake(),
            audio_voice=answers["audio_voice"],
            delivery_format=answers["delivery_format"],
            language=translation.get_language() or "fr",
        ),
        by="customer",
        request_key=hashlib.sha256(
            f"form:{answers['request_id']}".encode()
        ).hexdigest(),
    )
    attach(order, answers["pictures"])
    return order


def _page(request: HttpRequest, form: OrderForm, status: int = 200) -> HttpResponse:
    experts = Expert.objects.filter(is_active=True)
    context = {
        "form": form,
        "services": Service.objects.on_sale(),
        "experts": experts.prefetch_related("offers__service"),
    }
    return render(request, "checkout/order.html", context, status=status)
