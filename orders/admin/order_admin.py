from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from unfold.decorators import action

from lumira.kit.readonly_admin import ReadOnlyAdmin, short_moment, two_lines
from orders.admin.badges import order_badges
from orders.admin.date_range_filter import DateRangeFilter
from orders.admin.order_answers import ANSWERS, may_read_answers
from orders.admin.order_history import HistoryOfOrder
from orders.admin.order_holds import HoldsOfOrder
from orders.admin.order_panels import order_panels
from orders.admin.order_pictures import PicturesOfOrder, order_picture
from orders.admin.release_holds import release_holds
from orders.models import Order

FACTS = (
    "Commande",
    {
        "fields": (
            ("state", "price"),
            ("service", "expert"),
            ("level", "minutes"),
            "placed_at",
            ("paid_on", "delivered_on"),
        )
    },
)
CUSTOMER = (
    "Client",
    {"fields": (("name", "email"), ("audio_voice", "delivery_format"), "tongue")},
)
INTAKE = ("Réponses du client", {"fields": ANSWERS})


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin[Order]):
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
    list_filter = (
        "status",
        "is_on_hold",
        "service",
        "expert",
        ("created_at", DateRangeFilter),
    )
    list_filter_submit = True
    search_fields = ("number", "email", "name")
    search_help_text = "Numéro, e-mail ou nom"
    ordering = ("-created_at",)

    actions_detail = ("release",)

    def has_release_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.release_order")

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Débloquer…",
        url_path="debloquer",
        icon="lock_open",
        permissions=["release"],
    )
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return release_holds(request, object_id, site=self.admin_site)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        # Answers are decrypted only where somebody who may reads them.
        return orders.defer("intake").prefetch_related("service", "expert")

    def get_fieldsets(self, request: HttpRequest, obj: Order | None = None) -> Any:
        answers = [INTAKE] if may_read_answers(request) else []
        return [FACTS, CUSTOMER, *answers]

    def get_inlines(
        self, request: HttpRequest, obj: Order | None
    ) -> list[type[InlineModelAdmin[Any, Any]]]:
        return [HoldsOfOrder, PicturesOfOrder, *order_panels(), HistoryOfOrder]

    def get_urls(self) -> list[URLPattern]:
        picture = path(
            "<uuid:order_id>/images/<uuid:file_id>/",
            self.admin_site.admin_view(order_picture),
            name="orders_order_picture",
        )
        return [picture, *super().get_urls()]

    @admin.display(description="créée le", ordering="created_at")
    def placed_at(self, order: Order) -> str:
        return short_moment(order.created_at)

    @admin.display(description="payée le")
    def paid_on(self, order: Order) -> str:
        return short_moment(order.paid_at)

    @admin.display(description="livrée le")
    def delivered_on(self, order: Order) -> str:
        return short_moment(order.completed_at)

    @admin.display(description="client", ordering="email")
    def customer(self, order: Order) -> SafeString:
        return two_lines(order.email or "-", order.name)

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
