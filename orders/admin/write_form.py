"""The form in which an expert writes: the words, the files, and what they had read."""

from typing import Any
from uuid import UUID

from django import forms
from django.template.defaultfilters import filesizeformat
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
)

from orders.attachments import MAX_ATTACHMENTS, MAX_MEGABYTES
from orders.models import Reading, ReadingAttachment

ACCEPTED = "audio/*,application/pdf,image/jpeg,image/png,image/webp,.heic"


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of uploads; what they are is looked at when they are kept."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [upload for upload in (data or []) if upload]
        return [super(SeveralFilesField, self).clean(one, initial) for one in uploads]


class KeptField(forms.MultipleChoiceField):
    """Attachments by their ids. Also those of an earlier revision: whether they can
    still be kept is for write_reading to say, which knows what was read."""

    widget = UnfoldAdminCheckboxSelectMultipleWidget

    def valid_value(self, value: Any) -> bool:
        try:
            return bool(UUID(str(value)))
        except ValueError:
            return False

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(str(one)) for one in super().clean(value)]


class WriteForm(forms.Form):
    """The next revision. `expected_revision` is the one that was read while writing."""

    text = forms.CharField(
        label="Lecture",
        required=False,
        # No max_length: a browser would cut off, without a word, what was pasted.
        widget=UnfoldAdminTextareaWidget(
            attrs={"rows": 26, "class": "writing", "data-keep-draft": ""}
        ),
    )
    keep = KeptField(label="Pièces jointes à garder", required=False)
    attachments = SeveralFilesField(
        label="Ajouter des fichiers",
        required=False,
        help_text=f"{MAX_ATTACHMENTS} en tout, {MAX_MEGABYTES} Mo chacun : "
        "enregistrement (MP3, M4A, Ogg, WAV), PDF ou image.",
    )
    expected_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any, files: Any, *, latest: Reading | None) -> None:
        attached = list(latest.attachments.all()) if latest else []
        super().__init__(
            data,
            files,
            initial={
                "text": latest.text if latest else "",
                "keep": [str(row.pk) for row in attached],
                "expected_revision": latest.revision if latest else 0,
            },
        )
        self.fields["attachments"].widget.attrs |= {"accept": ACCEPTED}
        keep = self.fields["keep"]
        if isinstance(keep, KeptField):
            keep.choices = [(str(row.pk), _name(row)) for row in attached]


def _name(row: ReadingAttachment) -> str:
    return f"{row.original_name} ({filesizeformat(row.size)})"


def form_with_words(text: str, *, latest: Reading | None) -> WriteForm:
    """A form about the latest revision that holds the words somebody has written."""
    form = WriteForm(None, None, latest=latest)
    form.initial["text"] = text
    return form
