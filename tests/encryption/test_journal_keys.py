"""The journal outlives the keys that signed it, and the thief of one cannot cut it."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from pytest_django import Settings

from lumira.audit import chain
from lumira.audit.chain import seal_head
from lumira.audit.models import AuditEntry, AuditHead, KeptKey
from lumira.audit.recording import record
from lumira.audit.verification import ChainBroken, verify_chain
from tests.encryption.keys import new_key, rotate

pytestmark = pytest.mark.django_db
OLD, NEW = new_key(), new_key()


@pytest.fixture(autouse=True)
def _two_entries_of_the_old_key(settings: Settings) -> None:
    chain._kept_key.cache_clear()  # each test is the process of another day
    settings.ENCRYPTION_KEYS = [OLD]
    AuditHead.objects.all().delete()  # the migration's, of the tests' own key
    record("order.assigned", by="claire")
    record("order.released", by="claire")


def replace_the_key(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    rotate()
    settings.ENCRYPTION_KEYS = [NEW]


def test_entries_of_a_key_that_is_gone_are_still_checked(settings: Settings) -> None:
    replace_the_key(settings)
    record("order.held", by="claire")

    last = verify_chain()

    assert last.sequence == 3


def test_and_a_change_of_one_is_still_found(settings: Settings) -> None:
    replace_the_key(settings)
    QuerySet(AuditEntry).filter(sequence=1).update(by="alice")

    with pytest.raises(ChainBroken, match=r"Entry 1 is not as it was written"):
        verify_chain()


def test_a_journal_is_a_reason_to_keep_the_old_key(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    with pytest.raises(CommandError):
        rotate("--check")


def test_a_key_that_was_dropped_too_early_is_missed(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [NEW]

    with pytest.raises(CommandError, match="ENCRYPTION_KEY does not hold"):
        call_command("audit_verify")


def test_the_thief_of_the_old_key_cannot_seal_a_shorter_journal(
    settings: Settings,
) -> None:
    replace_the_key(settings)
    first = AuditEntry.objects.get(sequence=1)
    settings.ENCRYPTION_KEYS = [OLD]
    key_id, seal = seal_head(1, first.hash)
    settings.ENCRYPTION_KEYS = [NEW]
    QuerySet(AuditEntry).filter(sequence=2).delete()
    AuditHead.objects.update(sequence=1, hash=first.hash, key_id=key_id, seal=seal)

    with pytest.raises(ChainBroken, match="The head of the journal is signed with key"):
        verify_chain()


def test_a_head_that_was_forged_is_not_sealed_anew(settings: Settings) -> None:
    AuditHead.objects.update(sequence=1)
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    with pytest.raises(CommandError):
        rotate()

    with pytest.raises(ChainBroken, match="not as it was written"):
        verify_chain()


def test_another_key_under_a_kept_ones_name_verifies_nothing(
    settings: Settings,
) -> None:
    replace_the_key(settings)
    KeptKey.objects.update(key="00" * 32)

    with pytest.raises(ChainBroken, match="is signed with key"):
        verify_chain()
