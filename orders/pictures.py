"""Customers' pictures: looked at, re-encoded without metadata, stored privately."""

import io
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from orders.models import Order, OrderFile

register_heif_opener()

MAX_PICTURES = 3
MAX_BYTES = 10 * 1024 * 1024
# A small file can unfold into a picture that fills the memory.
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# Long enough to read a photographed page.
LONGEST_SIDE = 2560


class PictureRefused(Exception):
    """The text says why, to the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew from the pixels of an upload: nothing else came along."""

    content: bytes = field(repr=False)
    mimetype: str
    original_name: str = field(repr=False)


def checked_picture(upload: Any) -> Picture:
    """Decode and re-encode an upload. Raises PictureRefused, saying what to do."""
    if upload.size > MAX_BYTES:
        raise PictureRefused(_("Chaque image doit peser moins de 10 Mo."))
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureRefused(_("Cette image a trop de pixels : réduisez-la."))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            content = _encoded(upright)
    except PictureRefused:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise PictureRefused(
            _("Ce fichier n’est pas une image JPEG, PNG, WebP ou HEIC lisible.")
        ) from error
    return Picture(content, "image/jpeg", str(upload.name or "")[:200])


def _encoded(image: Image.Image) -> bytes:
    flat = Image.new("RGB", image.size, "white")
    # Pasted, not converted: transparency becomes white instead of black.
    rgba = image.convert("RGBA")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    buffer = io.BytesIO()
    flat.save(buffer, "JPEG", quality=88, optimize=True)
    return buffer.getvalue()


def attach(order: Order, pictures: list[Picture]) -> None:
    """Store the pictures of an order that has none yet: a repeat adds nothing."""
    if order.files.exists():
        return
    for picture in pictures:
        row = OrderFile(
            order=order,
            original_name=picture.original_name,
            mimetype=picture.mimetype,
            size=len(picture.content),
        )
        row.file.save("", ContentFile(picture.content), save=False)
        row.save(force_insert=True)
