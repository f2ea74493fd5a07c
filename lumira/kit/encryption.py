"""Model fields whose content is encrypted before it reaches the database."""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


@lru_cache(maxsize=4)
def keyring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """A Fernet token made with the first of ENCRYPTION_KEYS."""
    return keyring(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token made with any of ENCRYPTION_KEYS. Raises InvalidToken."""
    return keyring(tuple(settings.ENCRYPTION_KEYS)).decrypt(token.encode()).decode()


class EncryptedJSONField(models.TextField[Any, Any]):
    """A JSON value stored as one Fernet token; plain in Python.

    A key is rotated by putting the new one in front: old tokens still read.
    Filtering raises FieldError: two equal values have two different tokens.
    """

    _pyi_private_set_type: Any  # what the django-stubs plugin reads
    _pyi_private_get_type: Any

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> Any:
        return None if value is None else json.loads(decrypt(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return encrypt(json.dumps(value, ensure_ascii=False))

    def value_to_string(self, obj: models.Model) -> str:
        # `dumpdata` writes what the database holds, never the plain text.
        return str(self.get_prep_value(self.value_from_object(obj)))

    def to_python(self, value: Any) -> Any:
        """A token that `dumpdata` wrote becomes plain; anything else is plain."""
        if isinstance(value, str):
            try:
                return json.loads(decrypt(value))
            except InvalidToken:
                return value
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted and cannot be searched.")
