"""Whom a limit counts for, as a keyed hash: the table can neither be read nor tried."""

from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from lumira.accounts.client_address import client_network


class Who(StrEnum):
    NETWORK = "network"  # an IPv4 address, or an IPv6 /64
    BROWSER = "browser"
    EMAIL = "email"  # as typed: anybody can type it
    PERSON = "person"  # an address that was proven by a signed link
    ORDER = "order"
    SHOP = "shop"  # all of them together


# What is not known is not there: no limit counts for it.
Subjects = dict[Who, str]


def hashed(who: Who, value: str) -> str:
    salt = "lumira.limits"
    return salted_hmac(salt, f"{who}:{value}", algorithm="sha256").hexdigest()[:32]


def subjects(**values: str) -> Subjects:
    """`subjects(email="…", order="…")`, without those that are empty."""
    return {
        Who(name): hashed(Who(name), value) for name, value in values.items() if value
    }


def sender_of(request: HttpRequest) -> Subjects:
    """The network and the browser a request comes from.

    The browser is told by the cookie its forms carry anyway. Who drops or invents it
    gains nothing: the network counts all the same. It is there so that one person
    of an office runs out before the whole office does.
    """
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return subjects(network=client_network(request), browser=browser[:64])
