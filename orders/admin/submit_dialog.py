"""The page that hands a reading in, for a second person to decide."""

from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse

from orders.actions.submit_reading import submit_reading
from orders.actions.work_rules import WorkRefused
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404
from orders.admin.own_steps import has_something_to_submit, may_write
from orders.admin.work_on_order import latest_reading, load_work
from orders.models import Order, Reading
from orders.status import OrderStatus


def submit_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET names the revision, POST hands exactly that one in. Harmless twice."""
    order = order_or_404(request, object_id)
    status = 200
    if request.method == "POST":
        reading = _named(order, request.POST.get("reading", ""))
        try:
            if reading is None:
                raise WorkRefused("Cette révision n’existe pas.")
            is_new = submit_reading(reading, by=request.user.get_username())
        except WorkRefused as refused:
            messages.error(request, str(refused))
            order.refresh_from_db(fields=["status", "expert", "is_on_hold"])
            status = 409
        else:
            said = "envoyée en validation" if is_new else "déjà en validation"
            return back_to_order(request, order, f"Révision {reading.revision} {said}.")
    load_work(order)
    return dialog_page(
        request,
        order,
        "submit.html",
        site=site,
        title="Envoyer en validation la commande",
        status=status,
        reading=latest_reading(order),
        is_possible=order.status == OrderStatus.PROCESSING
        and not order.is_on_hold
        and may_write(order, request)
        and has_something_to_submit(order, request),
    )


def _named(order: Order, reading_id: str) -> Reading | None:
    try:
        return order.readings.filter(pk=UUID(reading_id)).first()
    except ValueError:
        return None
