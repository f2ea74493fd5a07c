"""Phones of the staff: what they show, and the way in with them."""

import time
from typing import Any

import pyotp
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from lumira.accounts.models import TwoFactor, User

PASSWORD = "une longue phrase"


class Phone:
    """An authenticator app that holds one secret."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        """What it shows now, or showed some steps of 30 seconds ago, or will."""
        return self._totp.at(time.time(), counter_offset=steps)

    def wrong_code(self) -> str:
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(f"{n:06}" for n in range(10) if f"{n:06}" not in near)


def give_phone(person: User) -> Phone:
    """This person has a second factor from now on."""
    secret = pyotp.random_base32()
    TwoFactor.objects.create(user=person, secret=secret, confirmed_at=now())
    return Phone(secret)


def make_login(username: str = "claire", **fields: Any) -> User:
    """Somebody of the staff with PASSWORD."""
    return User.objects.create_user(
        username, password=PASSWORD, is_staff=True, **fields
    )


def give_password(
    client: Client, username: str = "claire", password: str = PASSWORD
) -> Any:
    """The first step of the login; the answer to it."""
    return client.post(
        reverse("admin:login"), {"username": username, "password": password}
    )


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200
