"""The fields of the order form that Django does not have."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from orders.pictures import MAX_PICTURES, PictureRefused, checked_picture

phone_number = RegexValidator(
    r"^\+?[0-9][0-9 .()\-]{5,20}$",
    _("Écrivez un numéro de téléphone, par exemple +33 6 12 34 56 78."),
)
# A browser that fills in a known birthday writes the year first.
ISO_DATE = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
# A telephone's number pad has no slash.
DATE = re.compile(r"(?P<d>\d{1,2})[ ./-]+(?P<m>\d{1,2})[ ./-]+(?P<y>\d{4})")
BARE_DATE = re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})")
TIME = re.compile(
    r"(?P<h>\d{1,2})\s*(?:(?:h|:|\.)\s*(?P<m>\d{2})?(?::\d{2})?)?\s*(?P<half>am|pm)?",
    re.IGNORECASE,
)
BARE_TIME = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})")


class LongAnswer(forms.CharField):
    """Some paragraphs. The page counts; a browser that cuts what is pasted would not
    say so."""

    def __init__(self, *, max_length: int = 2000, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4, "data-limit": max_length})
        options.setdefault("required", False)
        super().__init__(max_length=max_length, widget=widget, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return {name: attrs[name] for name in attrs if name != "maxlength"}


class BirthDateField(forms.DateField):
    """A day as people type it: 28/02/1990, 28.2.1990 or 28021990; the day first."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "bday", "data-birth-date": ""}
    )
    default_error_messages = {
        "invalid": _("Écrivez le jour, le mois et l’année, par exemple 28/02/1990.")
    }

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        for pattern in (ISO_DATE, DATE, BARE_DATE):
            if found := pattern.fullmatch(text):
                return self._day(**{k: int(v) for k, v in found.groupdict().items()})
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")

    def _day(self, y: int, m: int, d: int) -> date:
        try:
            return date(y, m, d)
        except ValueError as error:
            text = self.error_messages["invalid"]
            raise forms.ValidationError(text, code="invalid") from error


class BirthTimeField(forms.TimeField):
    """A time as people type it: 6h30, 06:30, 0630, 18 h or 6:30 pm."""

    widget = forms.TextInput(
        attrs={"inputmode": "text", "autocomplete": "off", "data-birth-time": ""}
    )
    default_error_messages = {"invalid": _("Écrivez l’heure, par exemple 6h30.")}

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = BARE_TIME.fullmatch(text) or TIME.fullmatch(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        parts = found.groupdict()
        try:
            hour = _hour(int(parts["h"]), (parts.get("half") or "").lower())
            return time(hour, int(parts["m"] or 0))
        except ValueError as error:
            message = self.error_messages["invalid"]
            raise forms.ValidationError(message, code="invalid") from error


def _hour(hour: int, half: str) -> int:
    """Of the day, out of one of its halves. Raises ValueError for 13 pm."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "pm" else 0)


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to MAX_PICTURES pictures; cleans to a list of uploads that are pictures."""

    widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp,.heic"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [upload for upload in (data or []) if upload]
        if len(uploads) > MAX_PICTURES:
            raise forms.ValidationError(
                _("Choisissez trois images au plus."), code="too_many"
            )
        cleaned = []
        for upload in uploads:
            try:
                cleaned.append(checked_picture(super().clean(upload, initial)))
            except PictureRefused as refused:
                raise forms.ValidationError(str(refused), code="picture") from refused
        return cleaned


def said(required: StrOrPromise, invalid: StrOrPromise = "") -> dict[str, StrOrPromise]:
    """What a field says when it is empty, or wrong."""
    texts = {"required": required}
    return texts | {"invalid": invalid} if invalid else texts
