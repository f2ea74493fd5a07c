import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from orders.actions.attach_pictures import attach_pictures
from orders.models import OrderFile
from orders.pictures import Picture, PictureRefused, checked_picture
from tests.factories.orders import make_order
from tests.orders.making_pictures import (
    PLACE,
    bomb,
    photo_with_its_place,
    picture,
    upload,
)


def opened(kept: Picture) -> Image.Image:
    return Image.open(io.BytesIO(kept.content))


def test_where_and_by_whom_a_photo_was_taken_is_gone() -> None:
    sent = photo_with_its_place()

    kept = checked_picture(upload(sent))

    assert PLACE in sent
    assert not opened(kept).getexif()
    for trace in (PLACE, b"Alice Martin", b"Exif"):
        assert trace not in kept.content


def test_what_hides_behind_the_picture_is_gone() -> None:
    sent = picture() + b"<script>alert(1)</script>"

    kept = checked_picture(upload(sent))

    assert b"<script>" not in kept.content


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    sideways = photo_with_its_place(orientation=6)

    kept = checked_picture(upload(sideways))

    assert opened(kept).size == (40, 60)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "a.jpg"),
        ("PNG", "a.png"),
        ("WEBP", "a.webp"),
        ("HEIF", "IMG_0001.HEIC"),
    ],
)
def test_the_four_kinds_are_taken_and_become_jpeg(kind: str, name: str) -> None:
    kept = checked_picture(upload(picture(kind, size=(64, 64)), name))

    assert (opened(kept).format, kept.mimetype) == ("JPEG", "image/jpeg")
    assert opened(kept).size == (64, 64)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_any_colours_a_png_has_are_taken(mode: str) -> None:
    kept = checked_picture(upload(picture("PNG", mode=mode)))

    assert opened(kept).mode == "RGB"


def test_transparent_becomes_white() -> None:
    kept = checked_picture(upload(picture("PNG", mode="RGBA", color=(0, 0, 0, 0))))

    assert opened(kept).getpixel((5, 5)) == (255, 255, 255)


def test_a_very_large_picture_is_made_smaller() -> None:
    kept = checked_picture(upload(picture(size=(4000, 3000))))

    assert max(opened(kept).size) == 2560


@pytest.mark.parametrize(
    "content",
    [
        b"This is a text that calls itself a photo.",
        b"",
        b"\xff\xd8\xff\xe0",
        picture()[:200],
        picture("GIF", mode="P"),
        picture("TIFF"),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
    ids=["text", "empty", "start only", "cut", "gif", "tiff", "svg", "eps"],
)
def test_what_is_no_picture_of_the_four_kinds_is_refused(content: bytes) -> None:
    with pytest.raises(PictureRefused) as refused:
        checked_picture(upload(content, "photo.jpg"))

    assert "JPEG" in str(refused.value)


def test_more_than_ten_megabytes_are_refused() -> None:
    eleven = upload(picture() + b"\0" * 11 * 1024 * 1024)

    with pytest.raises(PictureRefused) as refused:
        checked_picture(eleven)

    assert "10\N{NO-BREAK SPACE}Mo" in str(refused.value)


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused() -> None:
    sent = picture("PNG", mode="1", size=(9000, 9000))

    with pytest.raises(PictureRefused) as refused:
        checked_picture(upload(sent, "white.png"))

    assert len(sent) < 20_000
    assert "pixels" in str(refused.value)


def test_a_file_that_claims_to_be_enormous_is_refused_unread() -> None:
    sent = bomb(60_000, 60_000)

    with pytest.raises(PictureRefused):
        checked_picture(upload(sent, "bomb.png"))

    assert len(sent) < 1000


@pytest.mark.django_db
def test_a_kept_picture_is_private_and_its_name_is_encrypted() -> None:
    order = make_order()
    name = "../../alice martin.jpg"

    attach_pictures(order, [Picture(picture(), "image/jpeg", name)])

    row = OrderFile.objects.get(order=order)
    path = Path(row.file.path)
    assert row.original_name == name
    assert row.file.name == f"orders/{row.pk}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert Path(settings.STATIC_ROOT) not in path.parents
    assert row.size == path.stat().st_size


@pytest.mark.django_db
def test_no_address_leads_to_a_kept_picture(client: Client) -> None:
    order = make_order()
    attach_pictures(order, [Picture(picture(), "image/jpeg", "a.jpg")])
    row = OrderFile.objects.get(order=order)

    addresses = [f"/{row.file.name}", f"/media/{row.file.name}", f"/static/{row.pk}"]

    assert [client.get(address).status_code for address in addresses] == [404] * 3


@pytest.mark.django_db
def test_a_repeat_attaches_nothing_more() -> None:
    order = make_order()
    pictures = [Picture(picture(), "image/jpeg", "a.jpg")] * 2

    attach_pictures(order, pictures)
    attach_pictures(order, pictures)

    assert order.files.count() == 2


def test_the_customers_file_name_does_not_show_in_a_traceback() -> None:
    named = SimpleUploadedFile("alice-martin.jpg", picture(), "image/jpeg")

    kept = checked_picture(named)

    assert "alice" not in repr(kept)
