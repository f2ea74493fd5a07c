from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from lumira.kit.log_context import note
from lumira.kit.readonly_admin import short_moment, two_lines
from orders.admin.badges import order_badges
from orders.admin.customer_urls import customer_urls
from orders.admin.order_access import (
    may_see_every_order,
    visible_orders,
)
from orders.admin.order_actions import OrderActions
from orders.admin.order_answers import ANSWERS, may_read_answers
from orders.admin.order_holds import HoldsOfOrder
from orders.admin.order_list import OrderList
from orders.admin.order_panels import order_panels
from orders.admin.order_pictures import PicturesOfOrder, order_picture
from orders.admin.order_summary import order_summary
from orders.admin.reading_pages import reading_file, reading_page
from orders.admin.work_page import work_page
from orders.masked_email import masked_email
from orders.models import Order

FACTS = (
    "Commande",
    {
        "fields": (
            ("level", "minutes"),
            ("placed_at", "paid_on"),
            ("delivered_on", "tongue"),
            ("audio_voice", "delivery_format"),
            "reference",
        )
    },
)
INTAKE = ("Réponses du client", {"fields": ANSWERS})


@admin.register(Order)
class OrderAdmin(OrderActions, OrderList):
    """Orders are read here, and moved by actions only."""

    list_display = (
        "number",
        "placed_at",
        "customer",
        "service",
        "expert",
        "price",
        "state",
    )
    ordering = ("-created_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        # Answers are decrypted only where somebody who may reads them.
        rows = visible_orders(request).defer("intake")
        return rows.prefetch_related("service", "expert")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        if may_see_every_order(request):
            return self.list_display
        masked = {"customer": "masked_customer"}
        return tuple(masked.get(name, name) for name in self.list_display)

    def get_fieldsets(self, request: HttpRequest, obj: Order | None = None) -> Any:
        answers = [INTAKE] if may_read_answers(request) else []
        return [*answers, FACTS]

    def get_inlines(
        self, request: HttpRequest, obj: Order | None
    ) -> list[type[InlineModelAdmin[Any, Any]]]:
        return [HoldsOfOrder, PicturesOfOrder, *order_panels()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Order | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if obj is not None:
            note(**obj.log_facts)
            context |= order_summary(obj, request)
            # Of all the buttons, those that make sense now.
            offered = {step.url for step in context["now"].steps}
            context["actions_detail"] = [
                one for one in context["actions_detail"] if one["path"] in offered
            ]
        response: HttpResponse = super().render_change_form(
            request, context, *args, obj=obj, **kwargs
        )
        return response

    def _get_obj_does_not_exist_redirect(self, *args: Any) -> HttpResponse:
        """Not there, or not for this person: the same answer, which tells neither."""
        raise Http404

    def get_urls(self) -> list[URLPattern]:
        checked = self.admin_site.admin_view
        revision = "<uuid:order_id>/lectures/<int:revision>/"
        own = [
            path("travail/", checked(work_page), name="orders_order_work"),
            path(
                "travail/<slug:queue>/", checked(work_page), name="orders_order_queue"
            ),
            path(
                "<uuid:order_id>/images/<uuid:file_id>/",
                checked(order_picture),
                name="orders_order_picture",
            ),
            path(revision, checked(reading_page), name="orders_order_reading"),
            path(
                f"{revision}pieces/<uuid:file_id>/",
                checked(reading_file),
                name="orders_order_reading_file",
            ),
        ]
        return [*own, *customer_urls(self.admin_site), *super().get_urls()]

    @admin.display(description="créée le", ordering="created_at")
    def placed_at(self, order: Order) -> str:
        return short_moment(order.created_at)

    @admin.display(description="payée le")
    def paid_on(self, order: Order) -> str:
        return short_moment(order.paid_at)

    @admin.display(description="référence dans les journaux")
    def reference(self, order: Order) -> str:
        return order.correlation_id or "-"

    @admin.display(description="livrée le")
    def delivered_on(self, order: Order) -> str:
        return short_moment(order.completed_at)

    @admin.display(description="client", ordering="email")
    def customer(self, order: Order) -> SafeString:
        return two_lines(order.email or "-", order.name)

    @admin.display(description="client")
    def masked_customer(self, order: Order) -> SafeString:
        return two_lines(masked_email(order.email) or "-", order.name)

    @admin.display(description="montant", ordering="amount")
    def price(self, order: Order) -> str:
        return order.amount_text

    @admin.display(description="état", ordering="status")
    def state(self, order: Order) -> SafeString:
        return order_badges(order)

    @admin.display(description="durée")
    def minutes(self, order: Order) -> str:
        return f"{order.duration} min"

    @admin.display(description="langue")
    def tongue(self, order: Order) -> str:
        return dict(settings.LANGUAGES).get(order.language, order.language)
