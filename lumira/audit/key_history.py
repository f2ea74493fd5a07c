"""Let a key leave ENCRYPTION_KEY without making the journal unverifiable."""

from django.db import IntegrityError

from lumira.audit.chain import UnknownKey, is_sealed, seal_head, signing_keys
from lumira.audit.models import AuditEntry, AuditHead, KeptKey
from lumira.kit.db import transactional


def let_keys_go() -> None:
    """Keep what verifies the entries so far, and seal the head with the first key.

    A head that is not as it was written stays so, for `audit_verify` to find. Safe
    to repeat, and beside people at work: a head that moved meanwhile stays theirs.
    """
    try:
        _save()
    except IntegrityError:
        _save()  # twice at once: the other one has kept the keys


@transactional
def _save() -> None:
    known = set(KeptKey.objects.values_list("pk", flat=True))
    for key_id, key in signing_keys().items():
        if key_id not in known:
            KeptKey.objects.create(key_id=key_id, key=key.hex())
    head = AuditHead.objects.first()
    if head and _is_behind(head) and _is_genuine(head):
        key_id, seal = seal_head(head.sequence, head.hash)
        as_read = {"sequence": head.sequence, "hash": head.hash, "seal": head.seal}
        row = AuditHead.objects.filter(pk=head.pk, **as_read)
        row.update(key_id=key_id, seal=seal)


def needs_an_older_key() -> str:
    """What of the journal does, in a few words; "" for nothing."""
    first = next(iter(signing_keys()))
    kept = {first, *KeptKey.objects.values_list("pk", flat=True)}
    entries = AuditEntry.objects.order_by()
    signed = set(entries.values_list("key_id", flat=True).distinct())
    if signed - kept:
        return "entries whose key is not kept"
    head = AuditHead.objects.first()
    return "its head" if head and _is_behind(head) else ""


def _is_behind(head: AuditHead) -> bool:
    return head.key_id != next(iter(signing_keys()))


def _is_genuine(head: AuditHead) -> bool:
    try:
        return is_sealed(head)
    except UnknownKey:
        return False
