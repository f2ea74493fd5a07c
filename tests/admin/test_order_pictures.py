import io
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from orders.actions.attach_pictures import attach_pictures
from orders.models import Order, OrderFile
from orders.pictures import checked_picture
from tests.admin.reading_pages import client_of_staff, markup, page_url, words
from tests.factories.orders import make_order
from tests.orders.making_pictures import picture, upload

pytestmark = pytest.mark.django_db
NEEDED = ("orders.view_order", "orders.view_intake")
WHO_MAY = (*NEEDED, "orders.view_every_order")


def order_with_a_picture() -> OrderFile:
    order = make_order()
    attach_pictures(order, [checked_picture(upload(picture(), "main gauche.jpg"))])
    return order.files.get()


def picture_url(order: Order, file: OrderFile) -> str:
    return reverse("admin:orders_order_picture", args=[order.pk, file.pk])


def test_pictures_are_listed_with_their_name_and_weight() -> None:
    file = order_with_a_picture()
    client = client_of_staff(*WHO_MAY)

    page = markup(client, page_url("orders_order", file.order_id))

    assert f'src="{picture_url(file.order, file)}"' in page
    assert "main gauche.jpg" in page
    assert f"{file.size} octets" in words(
        client, page_url("orders_order", file.order_id)
    )


def test_a_picture_is_shown_and_kept_by_no_cache() -> None:
    file = order_with_a_picture()
    client = client_of_staff(*WHO_MAY)

    answer = client.get(picture_url(file.order, file))

    shown = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert (shown.format, shown.size) == ("JPEG", (60, 40))
    assert answer["Content-Type"] == "image/jpeg"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("permission", NEEDED)
def test_one_permission_of_the_two_is_not_enough(permission: str) -> None:
    file = order_with_a_picture()
    client = client_of_staff(permission, "orders.view_every_order")

    answer = client.get(picture_url(file.order, file))

    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_who_may_not_read_answers_does_not_learn_of_pictures() -> None:
    file = order_with_a_picture()
    client = client_of_staff("orders.view_order", "orders.view_every_order")

    page = markup(client, page_url("orders_order", file.order_id))

    assert "main gauche.jpg" not in page
    assert str(file.pk) not in page


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    file = order_with_a_picture()

    answer = client.get(picture_url(file.order, file))

    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"].startswith("/admin/login/")


def test_a_picture_is_found_only_under_its_own_order() -> None:
    file = order_with_a_picture()
    client = client_of_staff(*WHO_MAY)

    answer = client.get(picture_url(make_order(), file))

    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_picture_of_somebody_elses_order_is_not_found() -> None:
    file = order_with_a_picture()
    client = client_of_staff(*NEEDED)

    answer = client.get(picture_url(file.order, file))

    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_picture_whose_file_is_lost_is_not_found() -> None:
    file = order_with_a_picture()
    file.file.storage.delete(file.file.name)
    client = client_of_staff(*WHO_MAY)

    answer = client.get(picture_url(file.order, file))

    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_picture_is_only_looked_at(admin_client: Client) -> None:
    file = order_with_a_picture()

    answer = admin_client.post(picture_url(file.order, file))

    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
