"""The page on which a second person approves a named revision, or refuses it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from orders.actions.validate_reading import approve_reading, reject_reading
from orders.actions.work_rules import WorkRefused
from orders.admin.customer_words import customer_words
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404, staff_user
from orders.admin.own_steps import may_decide
from orders.admin.text_difference import difference
from orders.admin.work_on_order import load_work
from orders.models import Order, Reading
from orders.status import OrderStatus, ValidationStatus


def lines(rows: int) -> UnfoldAdminTextareaWidget:
    return UnfoldAdminTextareaWidget(attrs={"rows": rows})


class ApproveForm(forms.Form):
    notes = forms.CharField(
        label="Note pour l’équipe", required=False, max_length=2000, widget=lines(2)
    )


class RejectForm(forms.Form):
    reason = forms.CharField(
        label="Ce que l’expert doit reprendre",
        max_length=2000,
        widget=lines(4),
        error_messages={"required": "Dites à l’expert ce qu’il doit reprendre."},
    )


def decide_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows the revision whole, POST decides on exactly that one.

    The same decision twice is one decision; of two people, one decides.
    """
    order = order_or_404(request, object_id)
    reading = _named(order, request.POST) if request.method == "POST" else None
    if reading is None:
        approve, reject = ApproveForm(prefix="approve"), RejectForm(prefix="reject")
        return _page(request, order, approve, reject, site=site)
    is_approval = request.POST.get("decide") == "approve"
    given = request.POST
    approve = ApproveForm(given if is_approval else None, prefix="approve")
    reject = RejectForm(None if is_approval else given, prefix="reject")
    form: forms.Form = approve if is_approval else reject
    if not form.is_valid():
        return _page(request, order, approve, reject, site=site, status=422)
    decide = approve_reading if is_approval else reject_reading
    try:
        is_new = decide(reading, validator=staff_user(request), **form.cleaned_data)
    except WorkRefused as refused:
        messages.error(request, str(refused))
        order = order_or_404(request, object_id)
        return _page(request, order, approve, reject, site=site, status=409)
    decided = "approuvée" if is_approval else "refusée : l’expert la reprend"
    already = "" if is_new else " (c’était déjà fait)"
    said = f"Révision {reading.revision} {decided}{already}."
    return back_to_order(request, order, said)


def _named(order: Order, given: Any) -> Reading:
    """The revision that was shown. Raises Http404 for one of another order."""
    try:
        reading = order.readings.filter(pk=UUID(given.get("reading", ""))).first()
    except ValueError:
        reading = None
    if reading is None:
        raise Http404
    return reading


def _page(
    request: HttpRequest,
    order: Order,
    approve: ApproveForm,
    reject: RejectForm,
    *,
    site: AdminSite,
    status: int = 200,
) -> HttpResponse:
    revisions = list(
        order.readings.order_by("revision").prefetch_related(
            "author", "attachments", "validations"
        )
    )
    reading = revisions[-1] if revisions else None
    compared = _compared(revisions)
    load_work(order)
    return dialog_page(
        request,
        order,
        "decide.html",
        site=site,
        title="Lecture à valider de la commande",
        status=status,
        reading=reading,
        compared=compared,
        changes=difference(compared.text, reading.text)
        if compared and reading
        else None,
        approve=approve,
        reject=reject,
        words=customer_words(order, request),
        is_possible=order.status == OrderStatus.AWAITING_VALIDATION
        and not order.is_on_hold
        and may_decide(order, request),
    )


def _compared(revisions: list[Reading]) -> Reading | None:
    """What the latest revision is compared with: the last that was refused, which a
    validator has read, else the one before it."""
    earlier = revisions[:-1]
    refused = [
        reading
        for reading in earlier
        for decision in reading.validations.all()
        if decision.status == ValidationStatus.REJECTED
    ]
    return next(reversed(refused or earlier), None)
