"""Customers' pictures: looked at, and made anew without metadata."""

import io
import threading
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_PICTURES = 3
MAX_BYTES = 10 * 1024 * 1024
# A small file can unfold into a picture that fills the memory.
MAX_PIXELS = 50_000_000
# Eight threads with a large picture each would not fit into a small machine.
ONE_AT_A_TIME = threading.Lock()
FORMATS = ("JPEG", "PNG", "WEBP")
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
        raise PictureRefused(_("Chaque image doit peser moins de 10 Mo."))
    formats = (*FORMATS, _heif())
    try:
        with ONE_AT_A_TIME, Image.open(upload, formats=formats) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureRefused(_("Cette image a trop de pixels : réduisez-la."))
            # First smaller, then everything else: large pictures are many bytes.
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            content = _encoded(ImageOps.exif_transpose(image))
    except PictureRefused:
        raise
    except Exception as error:
        # Decoders of hostile or half-sent files fail with whatever they trip over.
        raise PictureRefused(
            _("Ce fichier n’est pas une image JPEG, PNG, WebP ou HEIC lisible.")
        ) from error
    return Picture(content, "image/jpeg", str(upload.name or "")[:200])


@cache
def _heif() -> str:
    """A telephone's format, which Pillow has to be taught."""
    # Four megabytes, for the few processes that are sent a picture.
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return "HEIF"


def _encoded(image: Image.Image) -> bytes:
    flat = Image.new("RGB", image.size, "white")
    # Pasted, not converted: transparency becomes white instead of black.
    rgba = image.convert("RGBA")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    buffer = io.BytesIO()
    flat.save(buffer, "JPEG", quality=88, optimize=True)
    return buffer.getvalue()
