import io

import pytest
from PIL import Image

from orders.attachments import Attachment, AttachmentRefused, checked_attachment
from tests.orders.making_pictures import PLACE, photo_with_its_place, picture
from tests.orders.making_sounds import (
    M4A,
    MP3,
    MP3_WITHOUT_TAGS,
    OPUS,
    PDF,
    VORBIS,
    WAV,
    file,
)


def content_of(attachment: Attachment) -> bytes:
    return b"".join(attachment.content.chunks())


@pytest.mark.parametrize(
    ("content", "mimetype", "ending"),
    [
        (MP3, "audio/mpeg", ".mp3"),
        (MP3_WITHOUT_TAGS, "audio/mpeg", ".mp3"),
        (M4A, "audio/mp4", ".m4a"),
        (OPUS, "audio/ogg", ".ogg"),
        (VORBIS, "audio/ogg", ".ogg"),
        (WAV, "audio/wav", ".wav"),
        (PDF, "application/pdf", ".pdf"),
    ],
    ids=["mp3", "bare mp3", "m4a", "opus", "vorbis", "wav", "pdf"],
)
def test_what_a_file_is_its_content_tells_not_its_name(
    content: bytes, mimetype: str, ending: str
) -> None:
    taken = checked_attachment(file(content, "page.html"))

    assert taken.mimetype == mimetype
    assert taken.original_name == f"page{ending}"
    assert content_of(taken) == content
    assert taken.size == len(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_is_made_anew(kind: str) -> None:
    taken = checked_attachment(file(picture(kind, size=(64, 64)), "tirage.png"))

    assert Image.open(io.BytesIO(content_of(taken))).format == "JPEG"
    assert (taken.mimetype, taken.original_name) == ("image/jpeg", "tirage.jpg")


def test_where_a_picture_was_taken_is_gone() -> None:
    taken = checked_attachment(file(photo_with_its_place()))

    assert PLACE not in content_of(taken)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Bonjour.",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\0" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b"OggS" + b"\0" * 22 + b"\x01\x1e" + b"\x80theora",
        b"RIFF\x24\x04\0\0AVI LIST",
        b"\0\0\0\x20ftypqt  ",
        b"\xff\xfe\x48\x00\x69\x00",
        picture()[:60],
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ids=[
        *("empty", "text", "html", "program", "zip", "film in ogg", "avi"),
        *("quicktime", "utf-16", "half a picture", "svg"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        checked_attachment(file(content, "lecture.mp3"))

    assert str(refused.value).endswith(".")


def test_more_than_fifty_megabytes_are_refused_unread() -> None:
    large = file(MP3)
    large.size = 50 * 1024 * 1024 + 1

    with pytest.raises(AttachmentRefused, match="50 Mo"):
        checked_attachment(large)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Lecture d’Alice.mp3", "Lecture d’Alice.mp3"),
        ("a\r\nSet-Cookie: b.mp3", "aSet-Cookie: b.mp3"),
        ("..\\..\\x.exe", "x.mp3"),
        (".mp3", "mp3.mp3"),
        ("\x00\x07", "lecture.mp3"),
        ("a" * 300 + ".mp3", "a" * 100 + ".mp3"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_harmless(name: str, kept: str) -> None:
    upload = file(MP3)
    # Past what Django itself takes out of a name.
    upload._name = name

    taken = checked_attachment(upload)

    assert taken.original_name == kept


def test_no_name_shows_in_a_traceback() -> None:
    assert "alice" not in repr(checked_attachment(file(MP3, "alice.mp3")))
