"""A portrait in the widths that the pages show, and in no others."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from orders.models import Expert
from tests.factories.catalogue import make_expert
from tests.lumira.answer import Answer
from tests.orders.making_pictures import PLACE, picture

pytestmark = pytest.mark.django_db(transaction=True)  # a served file is closed by hand


def with_portrait(content: bytes) -> Expert:
    expert = make_expert(slug="camille")
    expert.photo.save("camille.jpg", ContentFile(content))
    return expert


def ask(client: Client, expert: Expert, width: object) -> Answer:
    return client.get(f"{expert.portrait_address}&l={width}")


def shape(answer: Answer) -> tuple[str | None, tuple[int, int]]:
    with Image.open(BytesIO(answer.content)) as image:
        return image.format, image.size


def whole(answer: Answer) -> bytes:
    content = b"".join(answer)
    answer.close()
    return content


@pytest.mark.parametrize(
    ("width", "size"), [(64, (64, 80)), (128, (128, 160)), (512, (512, 640))]
)
def test_a_large_portrait_is_small_where_it_is_shown_small(
    client: Client, width: int, size: tuple[int, int]
) -> None:
    expert = with_portrait(picture(size=(1024, 1280)))

    answer = ask(client, expert, width)

    assert shape(answer) == ("WEBP", size)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_the_page_would_cut_off_is_not_sent(client: Client) -> None:
    lying = with_portrait(picture(size=(1280, 800)))

    assert shape(ask(client, lying, 256)) == ("WEBP", (256, 320))
    assert shape(ask(client, lying, 1024)) == ("WEBP", (640, 800))


def test_a_photo_is_never_blown_up(client: Client) -> None:
    content = picture(size=(100, 125))
    expert = with_portrait(content)

    assert whole(ask(client, expert, 128)) == content
    assert shape(ask(client, expert, 64)) == ("WEBP", (64, 80))


def test_a_line_of_pixels_is_still_a_picture(client: Client) -> None:
    expert = with_portrait(picture(size=(900, 1)))

    assert shape(ask(client, expert, 64)) == ("WEBP", (1, 1))


def test_it_stands_upright_and_does_not_say_where_it_was_taken(
    client: Client,
) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x9286] = 6, PLACE.decode()
    sideways = with_portrait(picture(size=(500, 400), exif=exif))

    answer = ask(client, sideways, 256)

    assert shape(answer) == ("WEBP", (256, 320))
    assert PLACE not in answer.content


@pytest.mark.parametrize(
    "width", ["65", "0", "-64", "4096", "064", "+64", "64px", "٦٤"]
)
def test_other_widths_are_not_made(client: Client, width: str) -> None:
    expert = with_portrait(picture(size=(1024, 1280)))

    assert ask(client, expert, width).status_code == 404


def test_it_is_made_once_and_read_from_memory_then(client: Client) -> None:
    expert = with_portrait(picture(size=(400, 500)))
    first = ask(client, expert, 64)
    expert.photo.storage.delete(str(expert.photo.name))

    again = ask(client, expert, 64)

    assert again.content == first.content
    assert ask(client, expert, 128).status_code == 404


def test_another_photo_is_another_picture(client: Client) -> None:
    expert = with_portrait(picture(size=(400, 500)))
    before = ask(client, expert, 64)

    expert.photo.save("new.jpg", ContentFile(picture(size=(400, 500), color="white")))
    del expert.portrait_address

    assert ask(client, expert, 64).content != before.content


def test_what_no_longer_is_a_picture_is_served_as_it_is(client: Client) -> None:
    expert = with_portrait(b"RIFF of something")

    assert whole(ask(client, expert, 64)) == b"RIFF of something"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/", "(min-width: 66rem)"),
        ("/experts/camille/", "(min-width: 78rem)"),
        ("/commande/", "5rem"),
    ],
)
def test_each_page_says_how_wide_it_shows_one(
    client: Client, address: str, shown: str
) -> None:
    expert = with_portrait(picture())
    smallest = f"{expert.portrait_address}&l=64 64w, ".replace("&", "&amp;")

    page = client.get(address).content.decode()

    [tag] = [tag for tag in page.split("<img ") if smallest in tag]
    assert f'sizes="{shown}' in tag
    assert 'width="512" height="640"' in tag


def test_every_listed_address_is_one_that_is_served(client: Client) -> None:
    expert = with_portrait(picture(size=(1024, 1280)))

    listed = [part.split() for part in expert.portrait_srcset.split(", ")]
    widths = {said: shape(client.get(url))[1][0] for url, said in listed[:-1]}

    assert widths == {f"{width}w": width for width in (64, 128, 256, 512)}
    largest = client.get(listed[-1][0])
    assert (largest.status_code, listed[-1][1]) == (200, "1024w")
    largest.close()
