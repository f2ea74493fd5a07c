"""`manage.py rotate_encryption`: all of it moves to the new key, nothing is lost."""

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db.models import Model
from pytest_django import Settings

from lumira.accounts.models import TwoFactor
from lumira.audit.models import AuditHead
from lumira.audit.recording import record
from lumira.kit.encryption import EncryptedJSONField, rotation
from lumira.kit.encryption.fields import StoredToken
from orders.actions.attach_pictures import attach_pictures
from orders.models import Order, OrderFile, Reading, ReadingAttachment
from orders.pictures import Picture
from tests.encryption.keys import is_of, new_key, rotate, stored
from tests.factories.logins import give_phone, make_login
from tests.factories.orders import make_order
from tests.factories.work import make_assigned_order, write
from tests.lumira.table_contents import table_contents
from tests.orders.making_sounds import MP3, file

pytestmark = pytest.mark.django_db
OLD, NEW = new_key(), new_key()
ANSWERS = {"lastName": "Keller", "phone": "06 12 34 56 78", "lifeQuestion": "Brême ?"}
DONE = "Everything is under the first key: the others can be removed."


@pytest.fixture(autouse=True)
def _old_key(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    AuditHead.objects.all().delete()  # the migration's, of the tests' own key


def make_everything() -> list[tuple[Model, str, object]]:
    """A row of each kind that is encrypted: the row, the field and its value."""
    order = make_order(intake=ANSWERS)
    attach_pictures(order, [Picture(b"jpeg", "image/jpeg", "moi.jpg")])
    reading = write(make_assigned_order(), "Partez.", attachments=[file(MP3, "a.mp3")])
    person = make_login()
    give_phone(person)
    factor = TwoFactor.objects.get(pk=person.pk)
    record("order.assigned", by="claire")
    return [
        (order, "intake", ANSWERS),
        (OrderFile.objects.get(), "original_name", "moi.jpg"),
        (reading, "text", "Partez."),
        (ReadingAttachment.objects.get(), "original_name", "a.mp3"),
        (factor, "secret", factor.secret),
    ]


def test_after_it_the_new_key_alone_reads_everything(settings: Settings) -> None:
    everything = make_everything()
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    said = rotate()

    settings.ENCRYPTION_KEYS = [NEW]
    assert said[-1] == DONE
    for row, field, value in everything:
        row.refresh_from_db()
        assert getattr(row, field) == value
        assert is_of(NEW, stored(row, field))
        assert not is_of(OLD, stored(row, field))
    assert rotate("--check")[-1] == DONE


def test_every_encrypted_field_of_every_model_is_among_what_moves() -> None:
    """A new one is found by itself: this only says where they are today."""
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in rotation.encrypted_models()
        for field in model._meta.fields
        if isinstance(field, EncryptedJSONField)
    }
    every = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, EncryptedJSONField)
    }

    assert fields == every
    assert {"orders.Order.intake", "accounts.TwoFactor.secret"} <= fields


def test_the_old_key_is_needed_until_then(settings: Settings) -> None:
    make_everything()
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    with pytest.raises(CommandError, match="still needs an older key"):
        rotate("--check")


def test_without_another_key_there_is_nothing_to_do() -> None:
    make_everything()

    assert rotate("--check")[-1] == DONE


def test_a_dry_run_counts_and_writes_nothing(settings: Settings) -> None:
    make_everything()
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    before = table_contents()

    said = rotate("--dry-run")

    assert "orders.Order: 2 rows, 2 need an older key" in said
    assert table_contents() == before


def test_a_repeat_writes_nothing(settings: Settings) -> None:
    make_everything()
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    rotate()
    before = table_contents()

    said = rotate()

    assert "orders.Order: 0 rows moved to the first key" in said
    assert table_contents() == before


def test_it_goes_on_where_it_was_stopped(settings: Settings) -> None:
    orders = [make_order(intake=ANSWERS) for _ in range(3)]
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    orders[0].save()  # as if the run had come as far as this

    said = rotate()

    assert "orders.Order: 2 rows moved to the first key" in said


def test_many_rows_are_moved_in_batches(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    orders = [make_order(intake=ANSWERS) for _ in range(5)]
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    said = rotate()

    assert "orders.Order: 5 rows moved to the first key" in said
    assert all(is_of(NEW, stored(order, "intake")) for order in orders)


def test_what_somebody_changed_in_between_stays(settings: Settings) -> None:
    order = make_order(intake=ANSWERS)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    [batch] = rotation._batches(Order)
    read_before = rotation._change(Order, batch[0])
    Order.objects.get(pk=order.pk)
    order.intake = {"lastName": "Aubry"}
    order.save()

    written = rotation._write(Order, [read_before])

    order.refresh_from_db()
    assert written == 0
    assert order.intake == {"lastName": "Aubry"}


def test_a_row_that_no_key_reads_is_named_and_stays(settings: Settings) -> None:
    order = make_order(intake=ANSWERS)
    settings.ENCRYPTION_KEYS = [new_key()]
    other = make_order(intake=ANSWERS)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    lost = stored(other, "intake")

    with pytest.raises(CommandError):
        rotate()

    said = "\n".join(rotate("--dry-run"))
    assert f"1 that no key reads ({other.pk})" in said
    assert stored(other, "intake") == lost
    assert is_of(NEW, stored(order, "intake"))


def test_no_text_and_no_moment_of_a_row_changes(settings: Settings) -> None:
    order = make_order(intake=ANSWERS)
    before = Order.objects.values("updated_at", "created_at", "email").get()
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    rotate()

    assert Order.objects.values("updated_at", "created_at", "email").get() == before
    assert Order.objects.get(pk=order.pk).intake == ANSWERS


def test_a_token_is_written_as_it_is() -> None:
    order = make_order(intake=ANSWERS)
    token = stored(order, "intake")

    Order.objects.filter(pk=order.pk).update(intake=StoredToken(token))

    assert stored(order, "intake") == token
    assert Reading.objects.count() == 0
