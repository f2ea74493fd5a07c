"""An expert's portrait: made anew from its pixels, like a customer's picture."""

import io
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from PIL import Image
from unfold.widgets import INPUT_CLASSES

from orders.pictures import PictureRefused, checked_picture

# Twice what the shop shows it at.
LONGEST_SIDE = 1280


class PortraitInput(forms.ClearableFileInput):
    """Shows the portrait in force above the choice of another one."""

    template_name = "admin/orders/portrait_input.html"
    clear_checkbox_label = "Retirer le portrait"

    def is_initial(self, value: Any) -> bool:
        # Not by its address: a private file has none.
        return isinstance(value, FieldFile) and bool(value.name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["input_class"] = " ".join(INPUT_CLASSES)
        if self.is_initial(value):
            context["portrait_url"] = portrait_url(value.instance.pk)
        return context


class PortraitField(forms.FileField):
    """Cleans to a JPEG without metadata, at most LONGEST_SIDE pixels long."""

    widget = PortraitInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload  # nothing new, or False: take the old one away
        try:
            picture = checked_picture(upload)
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused), code="picture") from refused
        # Nothing of the upload's own name reaches the disk.
        return ContentFile(_shrunk(picture.content), name="portrait.jpg")


def portrait_url(expert_id: Any) -> str:
    """Where staff see a portrait, also of an expert the shop does not show."""
    return reverse("admin:orders_expert_portrait", args=[expert_id])


def _shrunk(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        if max(image.size) <= LONGEST_SIDE:
            return content
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=88, optimize=True)
        return buffer.getvalue()
