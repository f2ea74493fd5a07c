"""An expert's portrait in the sizes the shop shows, each made when first asked for.

Nothing is written: each process remembers what it made. Browsers keep it for good, so
one is made about as often as the shop is started.
"""

import threading
from functools import lru_cache
from io import BytesIO

from django.core.files.storage import Storage
from django.db.models.fields.files import ImageFieldFile
from PIL import Image, ImageOps

from orders.pictures import FORMATS, MAX_PIXELS

# What components/portrait.css cuts out of any picture.
HEIGHT_TO_WIDTH = 5 / 4
QUALITY = 82
# Every size of fifty experts, a few kilobytes each.
REMEMBERED = 250
# A burst of them must not take what the pages need.
ONE_AT_A_TIME = threading.Lock()


def portrait_of_width(photo: ImageFieldFile, width: int) -> bytes | None:
    """A WebP of the part that is shown. width: one of Expert.PORTRAIT_WIDTHS.

    None where the photo itself serves better: it is no larger, or no picture at all.
    Raises FileNotFoundError.
    """
    return _made(photo.storage, str(photo.name), width)


@lru_cache(maxsize=REMEMBERED)
def _made(storage: Storage, name: str, width: int) -> bytes | None:
    """By the photo's name, because another photo has another one."""
    with storage.open(name) as file:
        content = file.read()
    try:
        with ONE_AT_A_TIME, Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            small = _shrunk(ImageOps.exif_transpose(image), width)
            return _encoded(small) if small else None
    except Exception:  # decoders fail with whatever they trip over
        return None


def _shrunk(image: Image.Image, width: int) -> Image.Image | None:
    height = round(width * HEIGHT_TO_WIDTH)
    if image.width <= width and image.height <= height:
        return None
    # Cut, but never blown up.
    wide = max(1, min(width, image.width, round(image.height / HEIGHT_TO_WIDTH)))
    size = (wide, max(1, round(wide * HEIGHT_TO_WIDTH)))
    return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)


def _encoded(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY)
    return buffer.getvalue()
