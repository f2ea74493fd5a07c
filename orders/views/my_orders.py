"""/commandes/: a person's orders, by a signed link instead of a password."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumira.limits.counting import count
from lumira.limits.limit import TooMany
from lumira.limits.page import too_many_page
from lumira.limits.rules import LINKS
from lumira.limits.subjects import sender_of
from orders.access import email_of, token_of
from orders.actions.send_orders_link import send_orders_link
from orders.awaited_money import awaited_orders
from orders.forms import OrdersLinkForm
from orders.masked_email import masked_email
from orders.models import Order
from orders.my_sections import my_sections
from orders.views.signed_link import ask_for_link, open_link

ON_A_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_orders(request: HttpRequest) -> HttpResponse:
    """Show the orders, or ask for the address the link is sent to."""
    if request.method == "POST":
        form = OrdersLinkForm(request.POST)
        if not form.is_valid():
            return ask_for_link(request, form, status=422)
        try:
            count(LINKS, sender_of(request))
        except TooMany as problem:
            return too_many_page(request, problem)
        send_orders_link(form.cleaned_data["email"])
        return ask_for_link(request, form, sent=True)

    if link := request.GET.get("lien"):
        return open_link(request, link, reverse("orders:my-orders"))
    email = email_of(token_of(request))
    if email is None:
        return ask_for_link(request, OrdersLinkForm())
    mine = Order.objects.filter(email=email).order_by("-created_at", "-pk")
    pages = Paginator(mine.prefetch_related("service", "expert"), ON_A_PAGE)
    orders = pages.get_page(request.GET.get("page"))
    context = {
        # What goes on stands above the newest.
        "sections": [section(email) for section in my_sections() if orders.number == 1],
        "orders": orders,
        "awaited": awaited_orders(orders),
        "whose": masked_email(email),
    }
    return render(request, "orders/my_orders.html", context)
