"""The lockout as the person at the door meets it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.reading_pages import plain
from tests.factories.logins import (
    PASSWORD,
    give_password,
    give_phone,
    is_signed_in,
    make_login,
)
from tests.lumira.guessing import is_locked

pytestmark = pytest.mark.django_db


def test_the_login_says_how_long_to_wait(client: Client) -> None:
    make_login()
    for _guess in range(5):
        give_password(client, password="faux")

    answer = give_password(client)

    assert answer.status_code == 429
    assert 840 < int(answer.headers["Retry-After"]) <= 900
    assert "Réessayez dans 15 minutes." in plain(answer.content.decode())
    assert not is_signed_in(client)


def test_a_name_that_nobody_has_is_answered_the_same(client: Client) -> None:
    make_login()

    def answers(username: str) -> list[tuple[int, str]]:
        said = [give_password(client, username, "faux") for _guess in range(7)]
        pages = [plain(answer.content.decode()) for answer in said]
        return [
            (answer.status_code, page.replace(username, "?"))
            for answer, page in zip(said, pages, strict=True)
        ]

    assert answers("claire") == answers("personne")


def test_a_login_forgets_the_failures_of_its_name(client: Client) -> None:
    make_login()
    for _guess in range(4):
        give_password(client, password="faux")

    give_password(client)
    for _guess in range(4):
        give_password(Client(), password="faux")

    assert not is_locked()


def test_a_login_of_ones_own_does_not_reset_the_address(client: Client) -> None:
    make_login()
    for number in range(19):
        give_password(client, f"name-{number}", "faux")

    give_password(client)
    give_password(Client(), "name-20", "faux")

    assert is_locked("benoit", address="127.0.0.1")


def test_wrong_codes_count_and_the_right_password_does_not_reset_them() -> None:
    phone = give_phone(make_login())
    client = Client()
    for _guess in range(5):
        give_password(client)
        client.post(reverse("staff:code"), {"code": phone.wrong_code()})

    answer = client.post(reverse("staff:code"), {"code": phone.code()})

    assert answer.status_code == 429
    assert not is_signed_in(client)
    assert give_password(Client()).status_code == 429


def test_guessing_the_old_password_inside_counts_too(client: Client) -> None:
    make_login()
    give_password(client)
    new = "une toute autre phrase"
    for _guess in range(5):
        client.post(
            reverse("admin:password_change"),
            {"old_password": "faux", "new_password1": new, "new_password2": new},
        )

    answer = client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert answer.status_code == 429
