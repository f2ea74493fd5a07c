"""Show a secret as a QR code, and take it over once a code proves it arrived."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from lumira.accounts.forms import EnrolForm
from lumira.accounts.models import User
from lumira.accounts.two_factor import WrongCode, enrol, new_offer, offer_of
from lumira.accounts.views.form_page import form_page

TITLE = "Activer le second facteur"


def enrolment_answer(
    request: HttpRequest,
    person: User,
    *,
    asks_password: bool,
    layout: str,
    then: Callable[[], None],
    go_on: str,
) -> HttpResponse:
    """GET offers a secret and saves nothing. A right code makes it the person's.

    `then` is called before the recovery codes are shown: now and never again.
    """
    token = request.POST.get("offer", "")
    offer = offer_of(token, person) if token else None
    if offer is None:
        if token:
            messages.info(request, "La page avait expiré : voici un nouveau code.")
        offer, token = new_offer(person)
        form = EnrolForm(request, person, asks_password=asks_password)
    else:
        form = EnrolForm(request, person, request.POST, asks_password=asks_password)
        if form.is_valid():
            try:
                code = form.cleaned_data["code"]
                codes = enrol(person, offer, code, is_first=not asks_password)
            except WrongCode as wrong:
                form.add_error("code", str(wrong))
            else:
                then()
                return codes_page(request, codes, go_on=go_on)
    return form_page(
        request,
        "admin/accounts/enrolment.html",
        form,
        title=TITLE,
        offer=offer,
        token=token,
        layout=layout,
    )


def codes_page(request: HttpRequest, codes: list[str], *, go_on: str) -> HttpResponse:
    """The recovery codes, to be printed or written down. They are kept as hashes."""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Vos codes de secours",
        "codes": codes,
        "go_on": go_on,
    }
    return TemplateResponse(request, "admin/accounts/recovery_codes.html", context)
