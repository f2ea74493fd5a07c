"""/commande/: choose, tell, and go on to the payment."""

import hashlib
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from lumira.limits.limit import TooMany
from lumira.limits.page import too_many_page
from lumira.limits.subjects import Subjects
from orders.actions.attach_pictures import attach_pictures
from orders.actions.place_order import (
    Buyer,
    NotOffered,
    RequestId,
    place_order,
    placed_before,
)
from orders.admit_order import admit_order, admit_pictures
from orders.forms import OrderForm
from orders.models import Order
from orders.order_choices import Choices, preselect, todays_choices


@require_http_methods(["GET", "HEAD", "POST"])
def order_form(request: HttpRequest) -> HttpResponse:
    """One form, rendered here, that works without JavaScript. No money moves."""
    if request.method != "POST":
        choices = todays_choices()
        asked = preselect(
            choices,
            service_slug=request.GET.get("service", ""),
            expert_slug=request.GET.get("expert", ""),
        )
        chosen = {"service": asked.service, "expert": asked.expert}
        form = OrderForm(initial={**chosen, "request_id": uuid.uuid4()})
        return _page(request, form, choices, notice=asked.notice)

    form = OrderForm(request.POST, request.FILES)
    try:
        admit_pictures(request)
        if not form.is_valid():
            return _page(request, form, todays_choices(), status=422)
        order = _placed(request, form)
    except TooMany as problem:
        return too_many_page(request, problem)
    except NotOffered:
        # The catalogue changed while the answers travelled.
        form.refuse_pair(form.cleaned_data["service"], form.cleaned_data["expert"])
        return _page(request, form, todays_choices(), status=422)
    return redirect("payments:pay", order.pk)


def _placed(request: HttpRequest, form: OrderForm) -> Order:
    """Raises NotOffered, and TooMany unless it is only sent again."""
    request_id = _request_id(form)
    if placed_before(request_id):
        return _place(form, request_id)
    admitted = admit_order(request, form.cleaned_data["email"])
    return _place(form, request_id, sender=admitted.asking)


def _place(
    form: OrderForm, request_id: RequestId, *, sender: Subjects | None = None
) -> Order:
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
        request=request_id,
        sender=sender,
    )
    attach_pictures(order, answers["pictures"])
    return order


def _request_id(form: OrderForm) -> RequestId:
    """The same for the same answers on the same form: sent twice, it is one order.

    After the back button and a correction it is another order; the first one stays
    unpaid and expires.
    """
    digest = hashlib.sha256(b"form")
    for name, value in sorted(form.cleaned_data.items()):
        if name == "pictures":
            value = [hashlib.sha256(picture.content).hexdigest() for picture in value]
        # Two experts may have one name: a row is told by its key.
        digest.update(f"{name}={getattr(value, 'pk', value)!r};".encode())
    return RequestId(key=digest.hexdigest(), digest=digest.hexdigest())


def _page(
    request: HttpRequest,
    form: OrderForm,
    choices: Choices,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "services": choices.services,
        "experts": choices.experts,
        "notice": notice,
        # Not the one that was sent: a form whose key was lost must not lose it again.
        "request_id": form["request_id"].value()
        if "request_id" not in form.errors
        else uuid.uuid4(),
    }
    return render(request, "checkout/order.html", context, status=status)
