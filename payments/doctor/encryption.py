"""Can we still read what customers told us? A sample of each table."""

from collections.abc import Iterator
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models import Model

from lumira.kit.encryption import EncryptedJSONField
from lumira.kit.encryption.rotation import encrypted_models
from payments.doctor.finding import Finding, ok, wrong

# Keys are random, so the first by key are of any age.
SAMPLE = 50


def check_encryption() -> Iterator[Finding]:
    read = 0
    for model in encrypted_models():
        keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
        sample = list(keys[:SAMPLE])
        unreadable = sum(not _is_readable(model, key) for key in sample)
        read += len(sample) - unreadable
        if unreadable:
            yield wrong(
                "encryption",
                f"{unreadable} of {len(sample)} {model._meta.label} cannot be read "
                "with any of ENCRYPTION_KEY",
                "put the key they were written with back, behind the new one; then "
                "`manage.py rotate_encryption`.",
            )
    if read:
        yield ok("encryption", f"{read} rows of a sample can be read")
    else:
        yield ok("encryption", "nothing is encrypted yet")


def _is_readable(model: type[Model], key: Any) -> bool:
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedJSONField)
    ]
    try:
        list(model._base_manager.filter(pk=key).values(*fields))
    except InvalidToken:
        return False
    return True
