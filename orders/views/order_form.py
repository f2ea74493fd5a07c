"""/commande/: choose, tell, and go on to the payment."""

import hashlib
import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from lumira.chosen_language import PARAMETER
from lumira.kept_forms import KeptForm, OwnValues
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
from orders.catalogue_version import CATALOGUE_PAGES
from orders.forms import OrderForm
from orders.models import Order
from orders.order_choices import Choices, preselect, todays_choices

# What our links to it say, in their order.
LINKED = ("service", "expert", PARAMETER)


@require_http_methods(["GET", "HEAD", "POST"])
def order_form(request: HttpRequest) -> HttpResponseBase:
    """One form, rendered here, that works without JavaScript. No money moves."""
    if request.method != "POST":
        return _empty_form(request)

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


def _empty_form(request: HttpRequest) -> HttpResponseBase:
    """Kept for each service and expert that our links ask for, with their words."""
    link = _link_of_ours(request)
    place = None if link is None else CATALOGUE_PAGES.place_of(request, link)
    if place and (kept := place.answer(request)):
        return kept
    choices = todays_choices()
    asked = preselect(
        choices,
        service_slug=request.GET.get("service", ""),
        expert_slug=request.GET.get("expert", ""),
    )
    chosen = {"service": asked.service, "expert": asked.expert}
    own = OwnValues.of(request)
    form = OrderForm(initial={**chosen, "request_id": own.key})
    response = _page(request, form, choices, notice=asked.notice, own=own)
    # What is asked for in vain has no end. Without services there is no form.
    if place is None or asked.notice or not choices.services:
        return response
    return place.keep(KeptForm.of(response, own), request)


def _link_of_ours(request: HttpRequest) -> str | None:
    """What it asks for, its language aside; None if it is not written as ours are,
    each thing once, not empty, in the one order: there are no more forms than pairs."""
    asked = request.GET
    is_ours = (
        list(asked) == [name for name in LINKED if name in asked]
        and asked.get(PARAMETER, settings.LANGUAGE_CODE) in dict(settings.LANGUAGES)
        and asked.urlencode() == request.META.get("QUERY_STRING", "")
        and all(len(values) == 1 and values[0] for _name, values in asked.lists())
    )
    if not is_ours:
        return None
    return urlencode([pair for pair in asked.items() if pair[0] != PARAMETER])


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
    own: OwnValues | None = None,
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
    if own:
        context["csrf_token"] = own.token
    return render(request, "checkout/order.html", context, status=status)
