"""Keys, what the database really holds, and the command that moves it."""

from io import StringIO
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command
from django.db.models import Model, TextField
from django.db.models.functions import Cast


def new_key() -> str:
    return Fernet.generate_key().decode()


def stored(row: Model, field: str) -> Any:
    """What the database holds for it, as it is."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    return rows.values_list(Cast(field, TextField()), flat=True).get()


def is_of(key: str, token: Any) -> bool:
    try:
        Fernet(key).decrypt(str(token).encode())
    except InvalidToken:
        return False
    return True


def rotate(*options: str) -> list[str]:
    """What `manage.py rotate_encryption` says. Raises CommandError."""
    told = StringIO()
    call_command("rotate_encryption", *options, stdout=told)
    return told.getvalue().splitlines()
