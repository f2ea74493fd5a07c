"""Pages of the admin whose edits are written into the journal."""

from typing import Any, TypeVar

from django.db.models import ManyToManyField, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.encryption import EncryptedJSONField

M = TypeVar("M", bound=Model)

# What is secret, and what changes by itself.
NOT_TOLD = {"password", "last_login"}


class AuditedAdmin(ModelAdmin[M]):
    """Adding, changing and deleting a row is recorded, with it or not at all.

    The action is the model's name and what happened: "service.changed".
    """

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return self._held_together(super().changeform_view, request, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return self._held_together(super().delete_view, request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        form.audited_before = self._as_saved(obj) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Everything is saved when this returns: the last moment to compare."""
        super().save_related(request, form, formsets, change)
        before, after = _differences(form.audited_before, self._as_saved(form.instance))
        for formset in formsets:
            rows = str(formset.model._meta.verbose_name_plural)
            if formset.deleted_objects:
                before[rows] = [str(row) for row in formset.deleted_objects]
            changed = [row for row, _fields in formset.changed_objects]
            if formset.new_objects or changed:
                after[rows] = [str(row) for row in [*formset.new_objects, *changed]]
        if before or after:
            verb = "changed" if change else "added"
            self._record(request, verb, form.instance, before=before, after=after)

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        self._record(request, "deleted", obj, before=values_of(obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        # The list's own action opens no transaction.
        @transactional
        def delete() -> None:
            for obj in queryset.all():
                self._record(request, "deleted", obj, before=values_of(obj))
            super(AuditedAdmin, self).delete_queryset(request, queryset.all())

        delete()

    def _record(
        self, request: HttpRequest, verb: str, obj: M, **values: dict[str, Any]
    ) -> None:
        by = request.user.get_username()
        record(f"{obj._meta.model_name}.{verb}", by=by, about=obj, **values)

    def _as_saved(self, obj: M) -> dict[str, Any]:
        return values_of(self.model._base_manager.get(pk=obj.pk))

    def _held_together(
        self, view: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Django's own transaction is not run again on a conflict; ours is."""
        if request.method == "POST":
            view = transactional(view)
        response: HttpResponse = view(request, *args, **kwargs)
        return response


def values_of(obj: Model) -> dict[str, Any]:
    """The row by its fields' names: readable, and without what is secret."""
    values = {
        field.attname: field.value_from_object(obj)
        for field in obj._meta.concrete_fields
        if field.name not in NOT_TOLD and not isinstance(field, EncryptedJSONField)
    }
    for many in obj._meta.many_to_many:
        assert isinstance(many, ManyToManyField)  # noqa: S101
        values[many.name] = sorted(_name(row) for row in getattr(obj, many.name).all())
    return values


def _name(row: Model) -> str:
    """A permission's own text would ask the database for its model, each time."""
    return str(getattr(row, "codename", row))


def _differences(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what is not the same on both sides."""
    names = [name for name in after if before.get(name) != after[name]]
    changed = {name: before[name] for name in names if name in before}
    return changed, {name: after[name] for name in names}
