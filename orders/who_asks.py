"""Whom the limits count a request about an order for."""

from django.http import HttpRequest

from lumira.limits.subjects import Subjects, Who, sender_of, subjects
from orders.access import email_of, token_of


def who_asks(request: HttpRequest, email: str = "") -> Subjects:
    """By the signed link the person alone, whatever network they share with others.

    Else the network, the browser, and the address that was typed: a stranger can use
    up what is allowed to an address, but not what is allowed to its owner.
    """
    address = email.strip().lower()
    if address and email_of(token_of(request)) == address:
        return subjects(person=address)
    return {**sender_of(request), **subjects(email=address)}


def is_proven(asking: Subjects) -> bool:
    return Who.PERSON in asking
