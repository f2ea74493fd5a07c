"""Model fields whose content is encrypted before it reaches the database."""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact

from lumira.kit.encryption.keys import decrypt, encrypt


class StoredToken(str):
    """What the database holds, to be written as it is."""


class _IsStored(Exact[Any]):
    """Compares with what the database holds: rotation.py's, and nobody else's."""

    prepare_rhs = False


class EncryptedJSONField(models.TextField[Any, Any]):
    """A JSON value stored as one Fernet token; plain in Python.

    A key is rotated by putting the new one in front: old tokens still read, and
    `manage.py rotate_encryption` makes new ones of them. Filtering raises FieldError:
    two equal values have two different tokens.
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
        if isinstance(value, StoredToken):
            return str(value)
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
        if lookup_name == "stored":
            return _IsStored
        raise FieldError(f"{self.name} is encrypted and cannot be searched.")
