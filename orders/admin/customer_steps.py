"""On an order's page: the ways to the customer's address, and to their data."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.readonly_admin import short_moment
from orders.admin.customer_pages import may_export
from orders.admin.email_dialog import may_correct
from orders.admin.order_facts import Fact, add_fact_source
from orders.admin.steps import Step
from orders.models import Order


def customer_steps(order: Order, request: HttpRequest) -> Iterator[Step]:
    """Possible in any state of the order, so nothing that has to be done now."""
    if may_correct(request) and not order.erasure_id:
        yield Step(
            "correct-email",
            "Corriger l’adresse…",
            reverse("admin:orders_order_readdress", args=[order.pk]),
            icon="alternate_email",
        )
    if may_export(request):
        yield Step(
            "customer",
            "Données du client…",
            reverse("admin:orders_order_customer", args=[order.pk]),
            icon="folder_shared",
        )


@add_fact_source
def erased(order: Order, request: HttpRequest) -> Iterator[Fact]:
    """Why the page is so empty."""
    if order.erasure_id and order.erasure:
        yield Fact("Client", "Effacé", detail=f"le {short_moment(order.erasure.at)}")
    elif order.answers_erased_at:
        moment = short_moment(order.answers_erased_at)
        yield Fact("Réponses", "Effacées", detail=f"à l’échéance, le {moment}")
