"""Search in the lists of money: by an id of Stripe's, or by an order's number."""

import re
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from orders.admin.order_search import begins_with, number_begun

M = TypeVar("M", bound=Model)

# Not any word with a dash below: those of the staff may have one in their name.
_STRIPE_ID = re.compile(r"(?:pi|ch|py|re|pyr|dp|du|issfr|evt|in|sub|cus)_\w+")


class IdSearch(ModelAdmin[M]):
    """What looks like an id or a number is looked up in an index, without joins.

    An id of Stripe's must be whole; a number may have only been begun. Any other
    words are looked for in `search_fields`, which means reading all rows.
    """

    id_fields: Sequence[str] = ()
    # Events have none.
    has_order_number = True

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        word = search_term.strip()
        if _STRIPE_ID.fullmatch(word):
            named = Q()
            for field in self.id_fields:
                named |= Q(**{field: word})
            return queryset.filter(named), False
        if self.has_order_number and (number := number_begun(word)):
            return queryset.filter(begins_with("order_number", number)), False
        found: tuple[QuerySet[M], bool] = super().get_search_results(
            request, queryset, search_term
        )
        return found
