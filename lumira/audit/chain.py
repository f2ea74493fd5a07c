"""What links the entries of the journal: each is signed together with the one before.

The key is derived from ENCRYPTION_KEY: the first signs, any verifies, so rotating it
as README.md says keeps the journal verifiable.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.conf import settings

from lumira.audit.models import AuditEntry, AuditHead

LARGEST_INT = 2**63 - 1


class UnknownKey(Exception):
    """Signed with a key that ENCRYPTION_KEY does not hold (any more)."""


def sign_entry(entry: AuditEntry) -> None:
    """Fill in `key_id` and `hash`; everything else is there."""
    entry.key_id = current_key_id()
    entry.hash = _sign(entry.key_id, _text_of(entry))


def seal_head(sequence: int, entry_hash: str) -> tuple[str, str]:
    """The key's id and the seal of a chain that ends with this entry."""
    key_id = current_key_id()
    return key_id, _sign(key_id, f"head {sequence} {entry_hash}")


def is_genuine(entry: AuditEntry) -> bool:
    """Whether the entry is as it was written. Raises UnknownKey."""
    return hmac.compare_digest(_sign(entry.key_id, _text_of(entry)), entry.hash)


def is_sealed(head: AuditHead) -> bool:
    """Whether the head is as it was written. Raises UnknownKey."""
    text = f"head {head.sequence} {head.hash}"
    return hmac.compare_digest(_sign(head.key_id, text), head.seal)


def plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Values as every engine gives them back, so that their signature holds."""
    return {_text(name): _plain(value) for name, value in (values or {}).items()}


def current_key_id() -> str:
    return next(iter(_keys()))


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


def _sign(key_id: str, text: str) -> str:
    try:
        key = _keys()[key_id]
    except KeyError:
        raise UnknownKey(key_id) from None
    return hmac.new(key, text.encode(), sha256).hexdigest()


def _keys() -> dict[str, bytes]:
    """Signing keys by their short name, the current one first."""
    derived = [
        hmac.new(key.encode(), b"lumira audit chain", sha256).digest()
        for key in settings.ENCRYPTION_KEYS
    ]
    return {sha256(b"name of " + key).hexdigest()[:12]: key for key in derived}
