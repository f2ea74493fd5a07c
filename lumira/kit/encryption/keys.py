"""The keys of ENCRYPTION_KEY: the first encrypts, all of them decrypt."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@lru_cache(maxsize=8)
def keyring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """A Fernet token made with the first of ENCRYPTION_KEYS."""
    return keyring(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token made with any of ENCRYPTION_KEYS. Raises InvalidToken."""
    return keyring(tuple(settings.ENCRYPTION_KEYS)).decrypt(token.encode()).decode()


def with_first_key(token: str) -> str:
    """The token itself if the first key made it, else the same text under that key.

    Raises InvalidToken when none of the keys made it.
    """
    keys = tuple(settings.ENCRYPTION_KEYS)
    try:
        keyring(keys[:1]).decrypt(token.encode())
    except InvalidToken:
        return keyring(keys).rotate(token.encode()).decode()
    return token


@lru_cache(maxsize=32)
def derived_key(key: str, purpose: str) -> bytes:
    """A key for one purpose (RFC 5869): it tells nothing of the key it comes from."""
    whole = base64.urlsafe_b64decode(key)
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(whole)
