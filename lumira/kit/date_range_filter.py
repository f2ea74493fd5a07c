from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin import FieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.utils.timezone import make_aware
from unfold.widgets import BASE_INPUT_CLASSES

# Beyond them a day has no midnight in every time zone, or no day after it.
FIRST_YEAR, LAST_YEAR = 1900, 9000


class DateRangeFilter(FieldListFilter):
    """From one day to another, both included, in the shop's time zone.

    Its form is part of the list's: the list sets `list_filter_submit = True`.
    """

    template = "admin/date_range_filter.html"

    def __init__(
        self,
        field: Field[Any, Any],
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: ModelAdmin[Any],
        field_path: str,
    ) -> None:
        self.first_parameter = f"{field_path}_from"
        self.last_parameter = f"{field_path}_to"
        super().__init__(field, request, params, model, model_admin, field_path)

    def expected_parameters(self) -> list[str | None]:
        return [self.first_parameter, self.last_parameter]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        """Raises IncorrectLookupParameters, which shows the list unfiltered."""
        if self.field.null and self._text(self.last_parameter):
            # Nothing is earlier than anything for MongoDB.
            queryset = queryset.filter(**{f"{self.field_path}__isnull": False})
        if first := self._day(self.first_parameter):
            queryset = queryset.filter(**{f"{self.field_path}__gte": midnight(first)})
        if last := self._day(self.last_parameter):
            after = midnight(last + timedelta(days=1))
            queryset = queryset.filter(**{f"{self.field_path}__lt": after})
        return queryset

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "first_parameter": self.first_parameter,
            "first": self._text(self.first_parameter),
            "last_parameter": self.last_parameter,
            "last": self._text(self.last_parameter),
            "input_class": " ".join(BASE_INPUT_CLASSES),
        }

    def _text(self, parameter: str) -> str:
        values = self.used_parameters.get(parameter) or [""]
        return str(values[-1]) if isinstance(values, list) else str(values)

    def _day(self, parameter: str) -> date | None:
        text = self._text(parameter)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise ValueError("Nobody ordered then.")
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error
        return day


def midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
