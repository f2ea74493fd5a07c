"""MEDIA_URL_STORAGE=s3://…: the same pages as with a disk, and as private."""

import io
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from orders.actions.attach_pictures import attach_pictures
from orders.attachments import checked_attachment, store
from orders.models import OrderFile
from orders.pictures import Picture, checked_picture
from tests.admin.people import client_of_expert
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.factories.work import make_assigned_order, write
from tests.orders.making_pictures import PLACE, photo_with_its_place, picture, upload
from tests.orders.making_sounds import MP3, file
from tests.storage.conftest import BUCKET, PREFIX, Bucket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3_uploads")]


def status_for_a_stranger(address: str) -> int:
    try:
        with urlopen(address) as answer:
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code


def test_a_picture_is_made_anew_and_named_after_its_row(s3_uploads: Bucket) -> None:
    order = make_order()
    sent = photo_with_its_place()

    attach_pictures(order, [checked_picture(upload(sent, "alice martin.jpg"))])

    row = OrderFile.objects.get()
    [name] = s3_uploads.names()
    kept = s3_uploads.bytes_of(name)
    assert name == f"{PREFIX}/orders/{row.pk}"
    assert PLACE in sent
    assert PLACE not in kept
    assert kept.startswith(b"\xff\xd8\xff")


def test_it_is_private_and_encrypted_at_rest(s3_uploads: Bucket) -> None:
    name = default_storage.save("orders/1", ContentFile(b"secret"))
    key = f"{PREFIX}/{name}"

    head = s3_uploads.head(key)

    assert s3_uploads.grants(key) == [""]
    assert head["ServerSideEncryption"] == "AES256"
    assert "alice" not in str(head)
    assert status_for_a_stranger(f"{s3_uploads.endpoint}/{BUCKET}/{key}") == 403


def test_nothing_in_it_has_an_address() -> None:
    name = default_storage.save("orders/1", ContentFile(b"secret"))

    with pytest.raises(ValueError, match="no address"):
        default_storage.url(name)


def test_the_staff_sees_a_picture(admin_client: Client) -> None:
    order = make_order()
    attach_pictures(order, [Picture(picture(), "image/jpeg", "a.jpg")])
    row = OrderFile.objects.get()

    page = reverse("admin:orders_order_picture", args=[order.pk, row.pk])
    answer = admin_client.get(page)

    assert b"".join(answer.streaming_content) == picture()  # type: ignore[attr-defined]
    assert answer.headers["Content-Length"] == str(row.size)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("", 200, slice(None)),
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-7", 206, slice(-7, None)),
    ],
)
def test_a_player_jumps_within_a_recording(
    asked: str, status: int, part: slice
) -> None:
    order = make_assigned_order()
    sound = MP3 + bytes(range(256)) * 500
    reading = write(order, attachments=[file(sound, "a.mp3")])
    row = reading.attachments.get()
    page = reverse(
        "admin:orders_order_reading_file",
        args=[order.pk, reading.revision, row.pk],
    )

    headers = {"Range": asked} if asked else {}
    answer = client_of_expert(order.expert).get(page, headers=headers)

    assert answer.status_code == status
    assert b"".join(answer.streaming_content) == sound[part]  # type: ignore[attr-defined]


def test_a_portrait_is_shown_and_its_former_one_is_gone(
    client: Client, s3_uploads: Bucket
) -> None:
    expert = make_expert(slug="camille")
    expert.photo.save("", ContentFile(picture()))

    answer = client.get(reverse("orders:expert-photo", args=["camille"]))
    shown = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    expert.photo.delete()

    assert shown == picture()
    assert s3_uploads.names() == []


def test_a_portrait_is_made_small_without_being_written(
    client: Client, s3_uploads: Bucket
) -> None:
    expert = make_expert(slug="camille")
    expert.photo.save("", ContentFile(picture(size=(400, 500))))
    before = s3_uploads.names()

    answer = client.get(f"{expert.portrait_address}&l=64")

    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.format, image.size) == ("WEBP", (64, 80))
    assert s3_uploads.names() == before


def test_a_lost_file_is_not_found(admin_client: Client, s3_uploads: Bucket) -> None:
    order = make_order()
    attach_pictures(order, [Picture(picture(), "image/jpeg", "a.jpg")])
    row = OrderFile.objects.get()
    row.file.storage.delete(row.file.name)
    row.file.storage.delete(row.file.name)

    page = reverse("admin:orders_order_picture", args=[order.pk, row.pk])

    assert admin_client.get(page).status_code == 404
    assert not default_storage.exists(row.file.name)


def test_the_same_name_is_written_over_as_on_a_disk(s3_uploads: Bucket) -> None:
    first = default_storage.save("orders/1", ContentFile(b"half of"))
    second = default_storage.save("orders/1", ContentFile(b"all of it"))

    assert first == second == "orders/1"
    assert s3_uploads.bytes_of(f"{PREFIX}/orders/1") == b"all of it"
    assert s3_uploads.names() == [f"{PREFIX}/orders/1"]


def test_the_same_attachment_is_kept_once(s3_uploads: Bucket) -> None:
    order = make_order()

    paths = [store(order, checked_attachment(file(MP3, "a.mp3"))) for _ in range(2)]

    assert paths[0] == paths[1]
    assert s3_uploads.names() == [f"{PREFIX}/{paths[0]}"]


def test_a_large_recording_arrives_whole(s3_uploads: Bucket) -> None:
    sound = io.BytesIO(MP3 + b"\1\2\3\4" * 2_500_000)  # sent in several parts

    name = default_storage.save("readings/1", ContentFile(sound.getvalue()))

    assert default_storage.size(name) == len(sound.getvalue())
    assert s3_uploads.bytes_of(f"{PREFIX}/{name}") == sound.getvalue()


def test_a_file_is_read_from_anywhere() -> None:
    content = bytes(range(256)) * 1000
    name = default_storage.save("orders/1", ContentFile(content))

    with default_storage.open(name) as kept:
        assert kept.size == len(content)
        kept.seek(200_000)
        assert kept.read(10) == content[200_000:200_010]
        kept.seek(5)
        assert kept.read(10) == content[5:15]
        kept.seek(-3, io.SEEK_END)
        assert kept.read() == content[-3:]
        assert kept.read() == b""


@pytest.mark.parametrize("name", ["../other/1", "/etc/passwd"])
def test_no_name_leads_out_of_the_prefix(name: str, s3_uploads: Bucket) -> None:
    with pytest.raises(Exception, match="denied|traversal|Invalid"):
        default_storage.save(name, ContentFile(b"x"))

    assert s3_uploads.names() == []
