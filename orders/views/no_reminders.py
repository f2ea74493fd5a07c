"""/commandes/rappels/: no more letters about an order that is not paid."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from orders.actions.refuse_reminders import refuse_reminders
from orders.reminders_link import order_of_link
from orders.status import UNPAID


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def no_reminders(request: HttpRequest) -> HttpResponse:
    """A GET only asks: programs that look at mails open every link in them.

    The POST is the page's own button, or that of a mail program, which has neither
    page nor cookie and follows no redirect (RFC 8058): the signed link is what
    entitles it, so no form's token is asked for, and the answer is the page itself.
    """
    order = order_of_link(request.GET.get("commande", ""))
    if order is None:
        raise Http404
    if request.method == "POST":
        refuse_reminders(order)
        order.refresh_from_db(fields=["status", "reminders_refused_at"])
    context = {
        "order": order,
        "is_refused": order.reminders_refused_at is not None,
        "is_unpaid": order.status in UNPAID,
        "address": request.get_full_path(),
    }
    return render(request, "orders/no_reminders.html", context)
