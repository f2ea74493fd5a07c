"""The filters of a list, each a plain <select>: usable with a thumb and a keyboard.

Their form is part of the list's: the list sets `list_filter_submit = True`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import (
    BooleanFieldListFilter,
    ChoicesFieldListFilter,
    ListFilter,
    RelatedFieldListFilter,
    SimpleListFilter,
)
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.widgets import SELECT_CLASSES

from orders.admin.queue_names import queue_name
from orders.models import Order
from orders.work_queues import Queue, in_queue


class Select(ListFilter):
    """What the filters below have in common: how they look."""

    template = "admin/choice_filter.html"

    def options(self) -> Iterable[tuple[str, str]]:
        """Each choice's value and what a person reads."""
        raise NotImplementedError

    def parameter(self) -> str:
        parameter = self.expected_parameters()[0]
        assert parameter is not None  # noqa: S101  # only mypy asks
        return parameter

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        values = changelist.filter_params.get(self.parameter()) or [""]
        yield {
            "parameter": self.parameter(),
            "options": self.options(),
            "chosen": str(values[-1]),
            "select_class": " ".join(SELECT_CLASSES),
        }


class StateFilter(Select, ChoicesFieldListFilter):
    def options(self) -> Iterable[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in self.field.flatchoices]


class RowFilter(Select, RelatedFieldListFilter):
    """One of another table's rows: a service, an expert. One query."""

    def options(self) -> Iterable[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in self.lookup_choices]


class YesNoFilter(Select, BooleanFieldListFilter):
    def options(self) -> Iterable[tuple[str, str]]:
        return [("1", "Oui"), ("0", "Non")]


class QueueFilter(Select, SimpleListFilter):
    """The work that waits, as on the queues' own page."""

    title = "file d’attente"
    parameter_name = "queue"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> Iterable[tuple[str, str]]:
        return self.options()

    def options(self) -> Iterable[tuple[str, str]]:
        return [(queue.value, queue_name(queue, self.request)) for queue in Queue]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Order]
    ) -> QuerySet[Order]:
        """Nothing is in a queue that does not exist."""
        value = self.value()
        if not value:
            return queryset
        if value not in Queue:
            return queryset.none()
        return in_queue(queryset, Queue(value))


class OnlyFilter(Select, SimpleListFilter):
    """A single choice: only those rows, or all of them."""

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> Iterable[tuple[str, str]]:
        return self.options()

    def options(self) -> Iterable[tuple[str, str]]:
        return [("1", "Oui")]

    def only(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Which rows stay when it is chosen."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.only(queryset) if self.value() == "1" else queryset


class LateFilter(OnlyFilter):
    """Beside the queues, so that "to validate, and late already" can be asked for."""

    title = "en retard"
    parameter_name = "late"

    def only(self, rows: QuerySet[Order]) -> QuerySet[Order]:
        return in_queue(rows, Queue.LATE)
