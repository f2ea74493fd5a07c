"""Identifiers that look like Stripe's."""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits


def random_text(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_id(prefix: str) -> str:
    """`pi_3Q…`: the prefix and 24 letters or digits."""
    return f"{prefix}_{random_text(24)}"


def new_secret(thing_id: str) -> str:
    """The client secret of an intent: its own id and something unguessable."""
    return f"{thing_id}_secret_{random_text(25)}"
