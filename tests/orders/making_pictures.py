"""Pictures as phones and strangers send them."""

import io
import os
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
PLACE = b"Rue du Secret"


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def picture(
    kind: str = "JPEG",
    *,
    mode: str = "RGB",
    size: tuple[int, int] = (60, 40),
    color: Any = 0,
    noise: bool = False,
    **how: Any,
) -> bytes:
    """One colour, or noise that no compression makes small."""
    image = Image.new(mode, size, color)
    if noise:
        image = Image.frombytes(mode, size, os.urandom(size[0] * size[1] * 3))
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def photo_with_its_place(*, orientation: int = 1) -> bytes:
    """A JPEG whose EXIF says where it was taken, by whom and which side is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Alice Martin"
    exif[0x9286] = PLACE.decode()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (48.0, 51.0, 24.0)
    gps[3], gps[4] = "E", (2.0, 21.0, 7.0)
    return picture(exif=exif, comment=PLACE)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
