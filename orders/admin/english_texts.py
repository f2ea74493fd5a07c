"""What staff see of the catalogue's English texts: where they are written, what is
missing, what may have grown old."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import ModelAdmin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import badge
from orders.models.in_two_languages import InTwoLanguages

WHAT_IT_IS = (
    "Ce que lit une personne qui a choisi l’anglais, sur la boutique et dans ses "
    "e-mails. Ce qui est vide s’affiche en français."
)
COMPLETE, MISSING = "complet", "a-traduire"


def english_section(row: InTwoLanguages | None, model: type[InTwoLanguages]) -> Any:
    """A section of the form, folded; its title says what is missing."""
    missing = row.missing_english if row else []
    title = f"En anglais · à traduire\u00a0: {', '.join(missing)}" if missing else None
    fields = [f"{name}_en" for name in model.in_two_languages]
    options = {
        "fields": fields,
        "classes": ["collapse"],
        "description": WHAT_IT_IS,
    }
    return (title or "En anglais", options)


def english_state(row: InTwoLanguages) -> SafeString | str:
    return badge("À traduire", "warning") if row.missing_english else "complet"


def stale_english(form: ModelForm[Any]) -> list[str]:
    """Labels of the texts that are new in French, and in English as they were."""
    row = form.instance
    return [
        str(row._meta.get_field(name).verbose_name)
        for name in row.in_two_languages
        if name in form.changed_data
        and f"{name}_en" not in form.changed_data
        and getattr(row, f"{name}_en")
    ]


def tell_of_stale_english(request: HttpRequest, form: ModelForm[Any]) -> None:
    """After saving: what nobody compares is promised to whoever reads English."""
    if stale := stale_english(form):
        messages.warning(
            request,
            f"Le français a changé, l’anglais non\u00a0: {', '.join(stale)}. Vérifiez "
            "qu’ils disent encore la même chose.",
        )


class EnglishFilter(SimpleListFilter):
    title = "anglais"
    parameter_name = "anglais"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(MISSING, "À traduire"), (COMPLETE, "Complet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """One more query: databases do not agree on what an empty list is."""
        if self.value() not in (MISSING, COMPLETE):
            return queryset
        is_wanted = self.value() == MISSING
        rows = queryset.model._default_manager.all()
        keys = [row.pk for row in rows if bool(row.missing_english) == is_wanted]
        return queryset.filter(pk__in=keys)
