"""Files that go with a reading: known by their content, kept in private."""

import hashlib
import uuid
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from orders.models import Order
from orders.pictures import PictureRefused, checked_picture

MAX_ATTACHMENTS = 5
MAX_MEGABYTES = 50
# The ending a file gets, whatever it was called.
KINDS = {
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
}
# Who wrote an MPEG-4 file: recorders of phones and computers.
MP4_AUDIO = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso5", b"iso6")
HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


class AttachmentRefused(Exception):
    """The text says why, to the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was looked at, and is not stored yet."""

    content: File[bytes] = field(repr=False)
    mimetype: str
    original_name: str = field(repr=False)
    size: int
    digest: str

    def path_for(self, order: Order) -> str:
        """Where it is kept: the same file for the same order is kept once.

        Nothing of its name reaches the disk.
        """
        key = uuid.uuid5(order.pk, f"{self.digest} {self.original_name}")
        return f"readings/{key}"


def checked_attachment(upload: Any) -> Attachment:
    """Look at what a file is. Raises AttachmentRefused, saying what to do."""
    if upload.size > MAX_MEGABYTES * 1024 * 1024:
        raise AttachmentRefused(
            f"Chaque pièce jointe doit peser moins de {MAX_MEGABYTES} Mo."
        )
    upload.seek(0)
    start = upload.read(64)
    if _is_picture(start):
        return _picture(upload)
    mimetype = _mimetype(start)
    if not mimetype:
        raise AttachmentRefused(
            "Une pièce jointe est un enregistrement (MP3, M4A, Ogg, WAV), un PDF ou "
            "une image."
        )
    # Not the upload itself, whose temporary file the storage would move away.
    content: File[bytes] = File(upload.file)
    return _attachment(content, upload.size, mimetype, upload.name)


def store(order: Order, attachment: Attachment) -> str:
    """Write it into the private storage, and say where. A repeat writes it once."""
    path = attachment.path_for(order)
    # A file that was cut off by a crash has another size, and is written again.
    if default_storage.exists(path) and default_storage.size(path) == attachment.size:
        return path
    return default_storage.save(path, attachment.content)


def _picture(upload: Any) -> Attachment:
    upload.seek(0)
    try:
        made_anew = checked_picture(upload)
    except PictureRefused as refused:
        raise AttachmentRefused(str(refused)) from None
    content = ContentFile(made_anew.content)
    return _attachment(content, len(made_anew.content), made_anew.mimetype, upload.name)


def _attachment(
    content: File[bytes], size: int, mimetype: str, name: str | None
) -> Attachment:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return Attachment(
        content=content,
        mimetype=mimetype,
        original_name=_safe_name(name or "", mimetype),
        size=size,
        digest=digest.hexdigest(),
    )


def _safe_name(name: str, mimetype: str) -> str:
    """What can be printed of it, with the ending of what the file really is."""
    printable = "".join(letter for letter in name if letter.isprintable())
    stem = PurePosixPath(printable.replace("\\", "/")).stem.strip(" .")[:100]
    return f"{stem or 'lecture'}{KINDS[mimetype]}"


def _is_picture(start: bytes) -> bool:
    is_webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    is_heic = start[4:8] == b"ftyp" and start[8:12] in HEIC
    is_plain = start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
    return is_plain or is_webp or is_heic


def _mimetype(start: bytes) -> str:
    """What a file is by its first bytes; "" when it is none of ours."""
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if start.startswith(b"ID3") or _is_mp3_frame(start):
        return "audio/mpeg"
    if start[4:8] == b"ftyp" and start[8:12] in MP4_AUDIO:
        return "audio/mp4"
    is_sound = start[28:36] == b"OpusHead" or start[28:35] == b"\x01vorbis"
    if start.startswith(b"OggS") and is_sound:
        return "audio/ogg"
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "audio/wav"
    return ""


def _is_mp3_frame(start: bytes) -> bool:
    """A frame of MPEG audio, layer III.

    http://www.mp3-tech.org/programmer/frame_header.html
    """
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xE0 != 0xE0:
        return False
    version, layer = start[1] >> 3 & 3, start[1] >> 1 & 3
    bitrate, rate = start[2] >> 4, start[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3
