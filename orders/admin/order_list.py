"""How the orders are found: search, filters, and the file of what was found."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.encryption import blind_indexes
from lumira.kit.readonly_admin import ReadOnlyAdmin
from lumira.kit.spreadsheets import Row
from orders.admin.list_export import ExportableAdmin
from orders.admin.order_access import may_see_every_order
from orders.admin.order_answers import may_read_answers
from orders.admin.order_export import ORDER_TITLES, order_rows
from orders.admin.order_filters import (
    LateFilter,
    QueueFilter,
    RowFilter,
    StateFilter,
    YesNoFilter,
)
from orders.admin.order_search import search_orders
from orders.models import Order

# What one column is sorted by has to be what an index is sorted by, or its end: then
# all parts are the other way round. Otherwise the newest come first among equals, where
# Django sorts them by their random keys.
WHOLE_ORDERS = {
    "number": ["number"],
    "-number": ["-number"],
    "created_at": ["created_at", "pk"],
    "-created_at": ["-created_at", "-pk"],
    "amount": ["amount", "created_at", "pk"],
    "-amount": ["-amount", "-created_at", "-pk"],
    "status": ["status", "-created_at", "-pk"],
    "-status": ["-status", "created_at", "pk"],
}


class OrderChangeList(ChangeList):
    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        ordering = super().get_ordering(request, queryset)
        is_of_one = ordering[1:] in ([], ["-pk"])
        return WHOLE_ORDERS.get(str(ordering[0]), ordering) if is_of_one else ordering


class OrderList(ExportableAdmin[Order], ReadOnlyAdmin[Order]):
    """The list's part of the orders' admin; which orders is `get_queryset`'s part."""

    list_filter = (
        QueueFilter,
        LateFilter,
        ("status", StateFilter),
        ("is_on_hold", YesNoFilter),
        ("service", RowFilter),
        ("expert", RowFilter),
        ("created_at", DateRangeFilter),
        ("paid_at", DateRangeFilter),
    )
    list_filter_submit = True
    # By a person, a service or an expert one filters; to sort would read every order.
    sortable_by = ("number", "placed_at", "price", "state")
    # That there is a search; `get_search_results` is how.
    search_fields = ("number", "email", "name")
    search_help_text = "Numéro, e-mail, nom ou identifiant"
    export_action = "orders.exported"
    export_name = "commandes"
    export_titles = ORDER_TITLES

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return OrderChangeList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        if may_read_answers(request):
            changelist.search_help_text = "Numéro, e-mail, nom, téléphone, identifiant"
        return changelist

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        found = search_orders(
            queryset,
            search_term,
            in_addresses=may_see_every_order(request),
            in_answers=may_read_answers(request),
        )
        if not search_term:
            return found, False
        # Who reads every name to count, and again to show, waits twice. When they are
        # few, they are known now; when they are many, this stops at the first ones.
        few = found.order_by().values_list("pk", flat=True)[: self.list_per_page + 1]
        keys = list(few)
        if len(keys) <= self.list_per_page:
            found = queryset.filter(pk__in=keys)
        return found, False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        field = lookup.split("__")[0]
        # ?email__startswith=… would find out what the page masks.
        if field == "email" and not may_see_every_order(request):
            return False
        if field in {index.name for index in blind_indexes(Order)}:
            return False
        is_allowed: bool = super().lookup_allowed(lookup, value, request)
        return is_allowed

    def exported_rows(
        self, request: HttpRequest, batch: Sequence[Order]
    ) -> Iterator[Row]:
        return order_rows(batch, with_addresses=may_see_every_order(request))
