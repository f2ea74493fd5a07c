"""Pages of a long list, where to leaf far must not mean to read all rows before."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

# Before that many rows one query is faster than two.
FAR = 1_000


class FarPaginator(Paginator[Any]):
    """Far pages are found by their keys, which an index has, and then read.

    PostgreSQL fetches each row that it skips, and MongoDB each document. An index that
    the list is sorted by ends with the key: it alone tells which rows are the page's.
    """

    def page(self, number: int | str) -> Page[Any]:
        found: Page[Any] = super().page(number)
        begin = found.start_index() - 1
        rows = self.object_list
        if begin < FAR or not isinstance(rows, QuerySet):
            return found
        end = begin + self.per_page
        # Not values_list(), nor a subquery: MongoDB would read the rows for either.
        bare = rows.select_related(None).prefetch_related(None).only("pk")
        keys = [row.pk for row in bare[begin:end]]
        found.object_list = rows.filter(pk__in=keys)
        return found
