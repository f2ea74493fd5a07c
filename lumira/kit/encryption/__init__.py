"""Personal data as the database holds it: encrypted, and found by equality alone.

`keys` knows ENCRYPTION_KEY, `fields` encrypts, `blind_index` finds, and `rotation`
moves everything to a new key. docs/security.md says what this protects against.
"""

from lumira.kit.encryption.blind_index import (
    BlindIndexField,
    blind_indexes,
    found_by,
    indexes_of,
)
from lumira.kit.encryption.fields import EncryptedJSONField
from lumira.kit.encryption.keys import decrypt, encrypt

__all__ = [
    "BlindIndexField",
    "EncryptedJSONField",
    "blind_indexes",
    "decrypt",
    "encrypt",
    "found_by",
    "indexes_of",
]
