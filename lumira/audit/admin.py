from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from lumira.audit.models import AuditEntry
from lumira.audit.things import kind_of, name_them, page_of
from lumira.audit.words import (
    ACTIONS,
    model_of,
    word_for_action,
    word_for_field,
    word_for_value,
)
from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.readonly_admin import ReadOnlyAdmin, short_moment, two_lines


class WhoFilter(admin.SimpleListFilter):
    title = "par"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = get_user_model().objects.filter(is_staff=True)
        names = people.order_by("username").values_list("username", flat=True)
        return [(name, name) for name in names]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry]
    ) -> QuerySet[AuditEntry]:
        return queryset.filter(by=self.value()) if self.value() else queryset


class ActionFilter(admin.SimpleListFilter):
    title = "action"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(ACTIONS.items(), key=lambda action: action[1])

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry]
    ) -> QuerySet[AuditEntry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class NamedChangeList(ChangeList):
    """A page of the journal, with the names of what its entries are about."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        entries = list(self.result_list)
        self.result_list = entries
        name_them(entries)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin[AuditEntry]):
    """The journal: what the people of the staff did. Nothing is changed here."""

    list_display = ("moment", "by", "what", "about", "changes")
    list_filter = (WhoFilter, ActionFilter, ("at", DateRangeFilter))
    list_filter_submit = True
    search_fields = ("about_id",)
    search_help_text = "Identifiant complet, ou nom d’une personne de l’équipe"
    ordering = ("-sequence",)
    fields = (
        ("sequence", "moment"),
        ("by", "what"),
        ("thing", "about_id"),
        "table",
        "whole_hash",
        "whole_previous",
        "key_id",
    )
    readonly_fields = (
        "moment",
        "what",
        "thing",
        "table",
        "whole_hash",
        "whole_previous",
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """The whole identifier: parts of it would mean reading the whole journal."""
        term = search_term.strip()
        if term:
            queryset = queryset.filter(
                Q(about_id=term) | Q(about_id=term.lower()) | Q(by=term)
            )
        return queryset, False

    @admin.display(description="le", ordering="sequence")
    def moment(self, entry: AuditEntry) -> str:
        return short_moment(entry.at)

    @admin.display(description="action", ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return word_for_action(entry.action)

    @admin.display(description="à propos de")
    def about(self, entry: AuditEntry) -> SafeString | str:
        return self._about(entry, is_cell=True)

    @admin.display(description="à propos de")
    def thing(self, entry: AuditEntry) -> SafeString | str:
        return self._about(entry, is_cell=False)

    def _about(self, entry: AuditEntry, *, is_cell: bool) -> SafeString | str:
        if not entry.about_type:
            return "-"
        if entry.about_name is None:
            name_them([entry])
        return render_to_string(
            "admin/audit/_about.html",
            {
                "kind": kind_of(entry),
                "is_cell": is_cell,
                "name": entry.about_name or entry.about_id,
                # What is gone has no page any more.
                "url": page_of(entry) if entry.about_name else "",
            },
        )

    @admin.display(description="changements")
    def changes(self, entry: AuditEntry) -> SafeString:
        rows = changes_of(entry)
        first = rows[0] if rows else None
        said = f"{first['name']} : {first['after']}" if first else "-"
        more = f"et {len(rows) - 1} de plus" if len(rows) > 1 else ""
        return two_lines(Truncator(said).chars(50), more)

    @admin.display(description="changements")
    def table(self, entry: AuditEntry) -> SafeString:
        context = {"rows": changes_of(entry)}
        return render_to_string("admin/audit/_changes.html", context)

    @admin.display(description="empreinte")
    def whole_hash(self, entry: AuditEntry) -> SafeString:
        return breakable(entry.hash)

    @admin.display(description="empreinte précédente")
    def whole_previous(self, entry: AuditEntry) -> SafeString | str:
        return breakable(entry.previous) if entry.previous else "-"


def breakable(text: str) -> SafeString:
    """Sixty-four characters without a space are wider than a phone."""
    parts = (text[start : start + 16] for start in range(0, len(text), 16))
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


def changes_of(entry: AuditEntry) -> list[dict[str, str]]:
    """Each field that has a value before or after, in the order of its word."""
    model = model_of(entry.about_type)
    rows = [
        {
            "name": word_for_field(model, name),
            "before": word_for_value(entry.before.get(name), model, name),
            "after": word_for_value(entry.after.get(name), model, name),
        }
        for name in {**entry.before, **entry.after}
    ]
    return sorted(rows, key=lambda row: row["name"])
