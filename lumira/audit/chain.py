"""What links the entries of the journal: each is signed together with the one before.

The key is derived from ENCRYPTION_KEY: the first signs, any verifies. Before a key
leaves, `manage.py rotate_encryption` keeps what verifies its entries (key_history.py).
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings

from lumira.audit.models import AuditEntry, AuditHead, KeptKey

LARGEST_INT = 2**63 - 1


class UnknownKey(Exception):
    """Signed with a key that ENCRYPTION_KEY does not hold (any more), nor was kept."""


def sign_entry(entry: AuditEntry) -> None:
    """Fill in `key_id` and `hash`; everything else is there."""
    entry.key_id = current_key_id()
    entry.hash = _sign(signing_keys()[entry.key_id], _text_of(entry))


def seal_head(sequence: int, entry_hash: str) -> tuple[str, str]:
    """The key's id and the seal of a chain that ends with this entry."""
    key_id = current_key_id()
    return key_id, _sign(signing_keys()[key_id], f"head {sequence} {entry_hash}")


def is_genuine(entry: AuditEntry) -> bool:
    """Whether the entry is as it was written. Raises UnknownKey."""
    key = signing_keys().get(entry.key_id) or _kept_key(entry.key_id)
    return hmac.compare_digest(_sign(key, _text_of(entry)), entry.hash)


def is_sealed(head: AuditHead) -> bool:
    """Whether the head is as it was written. Raises UnknownKey, also for a kept key:
    whoever stole one that was replaced must not cut the journal with it."""
    try:
        key = signing_keys()[head.key_id]
    except KeyError:
        raise UnknownKey(head.key_id) from None
    text = f"head {head.sequence} {head.hash}"
    return hmac.compare_digest(_sign(key, text), head.seal)


def plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Values as every engine gives them back, so that their signature holds."""
    return {_text(name): _plain(value) for name, value in (values or {}).items()}


def current_key_id() -> str:
    return next(iter(signing_keys()))


def signing_keys() -> dict[str, bytes]:
    """By their short name, the current one first."""
    derived = [
        hmac.new(key.encode(), b"lumira audit chain", sha256).digest()
        for key in settings.ENCRYPTION_KEYS
    ]
    return {_name_of(key): key for key in derived}


@lru_cache(maxsize=64)
def _kept_key(key_id: str) -> bytes:
    """Raises UnknownKey. Its name is made of the key, so it may be remembered."""
    try:
        row = KeptKey.objects.filter(pk=key_id).first()
    except InvalidToken:
        row = None
    key = bytes.fromhex(row.key) if row else b""
    if _name_of(key) != key_id:
        raise UnknownKey(key_id)
    return key


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_INT:
        return int(value)
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_text(item) for item in value)
    # Floats, too: not every engine gives back the digits that were signed.
    return _text(value)


def _text(value: Any) -> str:
    """PostgreSQL takes no NUL, and no engine half a character."""
    text = str(value).replace("\0", "")
    return text.encode(errors="replace").decode()


def _text_of(entry: AuditEntry) -> str:
    signed = {
        "sequence": entry.sequence,
        # MongoDB keeps milliseconds.
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "by": entry.by,
        "action": entry.action,
        "about_type": entry.about_type,
        "about_id": entry.about_id,
        "before": entry.before,
        "after": entry.after,
        "previous": entry.previous,
        "key_id": entry.key_id,
    }
    return "entry " + json.dumps(signed, sort_keys=True, separators=(",", ":"))


def _sign(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), sha256).hexdigest()


def _name_of(key: bytes) -> str:
    return sha256(b"name of " + key).hexdigest()[:12]
