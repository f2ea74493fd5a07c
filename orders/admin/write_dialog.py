"""The page on which an expert writes the reading. Nothing written there is lost."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from orders.actions.submit_reading import submit_reading
from orders.actions.work_rules import ReadingChanged, WorkRefused
from orders.actions.write_reading import BadReading, write_reading
from orders.admin.customer_words import customer_words
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404, staff_user
from orders.admin.own_steps import may_write
from orders.admin.text_difference import difference
from orders.admin.work_on_order import decision_on, load_work
from orders.admin.write_form import WriteForm, form_with_words
from orders.models import Order, Reading
from orders.status import OrderStatus


def write_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows the latest revision as a form, POST saves one more.

    Sent twice, it is one revision. A tab that is older than the latest revision gets
    its words back beside the newer ones; so does whoever may not write any more.
    """
    order = order_or_404(request, object_id)
    latest = _latest(order)
    if request.method != "POST":
        form = WriteForm(None, None, latest=latest)
        return _page(request, order, form, latest, site=site)
    form = WriteForm(request.POST, request.FILES, latest=latest)
    if not form.is_valid():
        return _page(request, order, form, latest, site=site, status=422)
    answers = form.cleaned_data
    try:
        reading = write_reading(
            order,
            text=answers["text"],
            author=staff_user(request),
            expected_revision=answers["expected_revision"],
            attachments=answers["attachments"],
            keep=answers["keep"],
        )
    except WorkRefused as refused:
        return _refused(request, object_id, answers, refused, site=site)
    return _saved(request, order, reading)


def _saved(request: HttpRequest, order: Order, reading: Reading) -> HttpResponse:
    said = f"Révision {reading.revision} enregistrée."
    if "submit" not in request.POST:
        messages.success(request, said)
        return redirect("admin:orders_order_write", order.pk)
    try:
        submit_reading(reading, by=request.user.get_username())
    except WorkRefused as refused:
        messages.warning(request, f"{said} Elle n’est pas partie : {refused}")
        return redirect("admin:orders_order_write", order.pk)
    said = f"Révision {reading.revision} envoyée en validation."
    return back_to_order(request, order, said)


def _refused(
    request: HttpRequest,
    object_id: str,
    answers: dict[str, Any],
    refused: WorkRefused,
    *,
    site: AdminSite,
) -> HttpResponse:
    """Show the words again, and the newer ones if that is why."""
    order = order_or_404(request, object_id)
    latest = _latest(order)
    form = form_with_words(answers["text"], latest=latest)
    is_overtaken = isinstance(refused, ReadingChanged) and latest is not None
    said = str(refused)
    if answers["attachments"]:
        said = f"{said} Choisissez de nouveau les fichiers que vous ajoutiez."
    messages.error(request, said)
    changes = (
        difference(latest.text, answers["text"]) if is_overtaken and latest else None
    )
    return _page(
        request,
        order,
        form,
        latest,
        site=site,
        status=422 if isinstance(refused, BadReading) else 409,
        newer=latest if is_overtaken else None,
        changes=changes,
    )


def _page(
    request: HttpRequest,
    order: Order,
    form: WriteForm,
    latest: Reading | None,
    *,
    site: AdminSite,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    load_work(order)
    return dialog_page(
        request,
        order,
        "write.html",
        site=site,
        title="Lecture de la commande",
        status=status,
        form=form,
        latest=latest,
        decision=decision_on(latest),
        words=customer_words(order, request),
        is_possible=order.status == OrderStatus.PROCESSING
        and not order.is_on_hold
        and may_write(order, request),
        **facts,
    )


def _latest(order: Order) -> Reading | None:
    readings = order.readings.prefetch_related("author", "attachments", "validations")
    return readings.order_by("-revision").first()
