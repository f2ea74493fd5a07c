from collections.abc import Iterable
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from orders.admin.order_filters import Select
from orders.models import Service
from orders.models.service import Billing
from payments.models import RecurringPrice, Subscription
from payments.status import GOING_ON

OLD_PRICE = "ancien_prix"


class OldPriceFilter(Select, SimpleListFilter):
    """Subscribers of a service who still pay what it cost when they came."""

    title = "ancien prix"
    parameter_name = OLD_PRICE

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> Iterable[tuple[str, str]]:
        return self.options()

    def options(self) -> Iterable[tuple[str, str]]:
        sold = Service.objects.exclude(billing=Billing.ONE_TIME).order_by("position")
        return [(service.slug, service.name) for service in sold]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Subscription]
    ) -> QuerySet[Subscription]:
        if not self.value():
            return queryset
        service = Service.objects.filter(slug=self.value()).first()
        return on_older_prices(queryset, service) if service else queryset.none()


def on_older_prices(
    subscriptions: QuerySet[Subscription], service: Service
) -> QuerySet[Subscription]:
    """Those that go on at another price than today's. One query for the prices."""
    prices = RecurringPrice.objects.filter(service=service)
    older = prices.exclude(
        amount=service.price,
        currency=service.currency.lower(),
        interval=service.billing,
    ).values_list("pk", flat=True)
    return subscriptions.filter(price_id__in=list(older), status__in=sorted(GOING_ON))
