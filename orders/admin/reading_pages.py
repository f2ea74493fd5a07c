"""Every revision of a reading, and its files, for those who may read answers."""

from uuid import UUID

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from orders.admin.dialog_page import dialog_page
from orders.admin.order_access import order_or_404
from orders.admin.order_answers import may_read_answers
from orders.admin.text_difference import difference
from orders.admin.work_on_order import decision_on
from orders.attachment_file import attachment_file
from orders.models import Order, Reading


@require_safe
def reading_page(request: HttpRequest, order_id: UUID, revision: int) -> HttpResponse:
    """One revision whole, who decided what on it, and what it changed."""
    order = _readable_order(request, order_id)
    reading = _reading(order, revision)
    before = order.readings.filter(revision=revision - 1).first()
    return dialog_page(
        request,
        order,
        "reading.html",
        site=site,
        title=f"Révision {revision} de la commande",
        reading=reading,
        decision=decision_on(reading),
        revisions=list(order.readings.defer("text").order_by("revision")),
        compared=before,
        changes=difference(before.text, reading.text) if before else None,
    )


@require_safe
def reading_file(
    request: HttpRequest, order_id: UUID, revision: int, file_id: UUID
) -> HttpResponseBase:
    """One file of one revision out of the private storage."""
    reading = _reading(_readable_order(request, order_id), revision)
    row = get_object_or_404(reading.attachments, pk=file_id)
    return attachment_file(request, row, as_attachment="download" in request.GET)


def _readable_order(request: HttpRequest, order_id: UUID) -> Order:
    if not (request.user.has_perm("orders.view_order") and may_read_answers(request)):
        raise PermissionDenied
    return order_or_404(request, str(order_id))


def _reading(order: Order, revision: int) -> Reading:
    readings = order.readings.prefetch_related(
        "author", "attachments", "validations__validator"
    )
    return get_object_or_404(readings, revision=revision)
