"""What the entries of the journal are about, found again for a page that shows them."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse

from lumira.audit.models import AuditEntry
from lumira.audit.words import model_of


def name_them(entries: Iterable[AuditEntry]) -> None:
    """Fill in `about_name`: "" for what is gone. One query for each kind of thing."""
    of_kind = defaultdict(list)
    for entry in entries:
        entry.about_name = ""
        of_kind[entry.about_type].append(entry)
    for about_type, group in of_kind.items():
        model = model_of(about_type)
        if model is None:
            continue
        keys = []
        for entry in group:
            try:
                keys.append(model._meta.pk.to_python(entry.about_id))
            except ValidationError:
                continue
        found = model._base_manager.in_bulk(keys)
        names = {str(key): str(row) for key, row in found.items()}
        for entry in group:
            entry.about_name = names.get(entry.about_id, "")


def kind_of(entry: AuditEntry) -> str:
    model = model_of(entry.about_type)
    return str(model._meta.verbose_name) if model else entry.about_type


def page_of(entry: AuditEntry) -> str:
    """The address of its page in the admin; empty if it has none."""
    name = entry.about_type.replace(".", "_")
    try:
        return reverse(f"admin:{name}_change", args=[entry.about_id])
    except NoReverseMatch:
        return ""
