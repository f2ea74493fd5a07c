"""The page on which an expert takes an order."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from orders.actions.assign import claim_order
from orders.actions.work_rules import WorkRefused
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404, own_expert
from orders.admin.own_steps import may_claim
from orders.admin.work_on_order import load_work
from orders.status import OrderStatus


def claim_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET says what taking it means, POST takes it. Of two experts, one gets it.

    For the other one it is from then on an order they may not see: Http404.
    """
    expert = own_expert(request)
    if expert is None:
        raise PermissionDenied("Only an expert claims an order.")
    order = order_or_404(request, object_id)
    status = 200
    if request.method == "POST":
        try:
            is_new = claim_order(order, expert=expert, by=request.user.get_username())
        except WorkRefused as refused:
            messages.error(request, str(refused))
            order.refresh_from_db(fields=["status", "expert", "is_on_hold"])
            status = 409
        else:
            said = "La commande est à vous." if is_new else "Vous l’aviez déjà."
            return back_to_order(request, order, said)
    return dialog_page(
        request,
        load_work(order),
        "claim.html",
        site=site,
        title="Prendre la commande",
        status=status,
        is_possible=order.status == OrderStatus.PAID
        and not order.is_on_hold
        and may_claim(order, request),
    )
