"""Who may send how much, and that nothing else of it is even read."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from lumira.accounts.roles import Role
from tests.factories.catalogue import make_expert
from tests.factories.staff import client_of, make_staff

pytestmark = pytest.mark.django_db

WRITING = "/admin/orders/order/{}/ecrire/"


class Unreadable:
    """A body that must not be looked at."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def announce(client: Client, address: str, megabytes: int, **more: Any) -> Any:
    """Send the headers of a form with files. Its CSRF token would be among them."""
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    sent = {
        "CONTENT_LENGTH": str(megabytes * 1_000_000),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": Unreadable(),
    }
    return client.post(address, **(sent | more))


def writing_page() -> str:
    return WRITING.format(uuid.uuid4())


def test_who_is_not_signed_in_is_sent_to_the_login_unread() -> None:
    page = writing_page()

    answer = announce(Client(), page, 269)

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('admin:login')}?next={page}"


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.FINANCE, Role.VALIDATOR])
def test_who_may_not_write_readings_is_refused_unread(role: Role) -> None:
    answer = announce(client_of(make_staff(role)), writing_page(), 200)

    assert answer.status_code == 403


def test_an_expert_may_send_a_reading_with_its_files() -> None:
    client = client_of(make_staff(Role.EXPERT))

    with pytest.raises(AssertionError, match="was read"):
        announce(client, writing_page(), 200)


def test_even_an_expert_sends_no_more_than_a_reading_holds() -> None:
    answer = announce(client_of(make_staff(Role.EXPERT)), writing_page(), 271)

    assert answer.status_code == 413


def test_a_portrait_is_read_from_who_may_save_one_and_from_nobody_else() -> None:
    page = reverse("admin:orders_expert_change", args=[make_expert().pk])
    administrator = client_of(make_staff(Role.ADMINISTRATOR))

    refused = [
        announce(Client(), page, 11),
        announce(client_of(make_staff(Role.SUPPORT)), page, 11),
        announce(administrator, page, 13),
    ]

    assert [answer.status_code for answer in refused] == [302, 403, 413]
    with pytest.raises(AssertionError, match="was read"):
        announce(administrator, page, 11)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/commandes/",
        "/admin/",
        "/admin/login/",
        "/admin/orders/order/",
        "/nowhere",
    ],
)
def test_other_pages_take_a_megabyte(address: str) -> None:
    assert announce(Client(), address, 2).status_code == 413


@pytest.mark.parametrize(
    "address",
    [
        "/api/payments/create-payment-intent",
        "/api/payments/confirm-payment",
        "/api/payments/webhook",
        "/api/payments/orders",
        "/api/nowhere",
    ],
)
@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data; boundary=x"]
)
def test_the_api_takes_a_megabyte_and_says_so_in_json(address: str, kind: str) -> None:
    answer = announce(Client(), address, 2, CONTENT_TYPE=kind)

    assert (answer.status_code, answer.json()["error"]) == (413, "payload_too_large")
