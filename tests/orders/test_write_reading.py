from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models import TextField
from django.db.models.functions import Cast

from lumira.audit.models import AuditEntry
from lumira.kit.encryption import decrypt
from orders.actions.work_rules import (
    ReadingChanged,
)
from orders.actions.write_reading import BadReading, write_reading
from orders.models import Order, Reading, ReadingAttachment
from orders.status import OrderStatus
from tests.factories.work import (
    author_of,
    make_assigned_order,
    write,
)
from tests.lumira.at_once import at_once
from tests.lumira.table_contents import table_contents
from tests.orders.making_pictures import picture
from tests.orders.making_sounds import MP3, PDF, file

pytestmark = pytest.mark.django_db


def write_after(revision: int, order: Order, text: str, **more: Any) -> Reading:
    return write_reading(
        order, text=text, author=author_of(order), expected_revision=revision, **more
    )


def stored(reading: Reading) -> dict[str, bytes]:
    """The reading's files: what they are called, and what is in them."""
    return {
        row.original_name: Path(row.file.path).read_bytes()
        for row in reading.attachments.all()
    }


def test_each_change_is_a_revision_and_the_one_before_stays() -> None:
    order = make_assigned_order()

    write(order, "Partez.")
    write(order, "Partez au printemps.")

    revisions = list(Reading.objects.values_list("revision", flat=True))
    texts = [reading.text for reading in Reading.objects.all()]
    assert revisions == [1, 2]
    assert texts == ["Partez.", "Partez au printemps."]
    assert Order.objects.get().status == OrderStatus.PROCESSING


def test_the_words_are_encrypted_and_not_in_the_journal() -> None:
    order = make_assigned_order()

    write(order, "Partez au printemps.")

    as_stored = Reading.objects.annotate(stored=Cast("text", TextField()))
    [stored] = as_stored.values_list("stored", flat=True)
    assert "printemps" not in stored
    assert "printemps" in decrypt(stored)
    entry = AuditEntry.objects.get(action="reading.written")
    assert entry.by == "camille"
    assert entry.after == {"revision": 1, "attachments": 0}


def test_ends_of_lines_are_those_that_were_typed() -> None:
    order = make_assigned_order()

    reading = write(order, "  Partez.\r\n\r\nMais pas seule.\r\n")

    assert reading.text == "Partez.\n\nMais pas seule."


def test_the_same_words_again_are_the_same_revision() -> None:
    order = make_assigned_order()
    first = write_after(0, order, "Partez.")
    before = table_contents()

    double_click = write_after(0, order, "Partez.\r\n")
    saved_unchanged = write_after(1, order, "Partez.")

    assert first == double_click == saved_unchanged
    after = table_contents()
    assert after["orders.Reading"] == before["orders.Reading"]
    assert after["audit.AuditEntry"] == before["audit.AuditEntry"]


def test_a_tab_that_is_behind_overwrites_nothing() -> None:
    order = make_assigned_order()
    write_after(0, order, "Partez.")

    with pytest.raises(ReadingChanged):
        write_after(0, order, "Restez.")

    assert Reading.objects.get().text == "Partez."


@pytest.mark.django_db(transaction=True)
def test_of_tabs_at_once_one_writes_and_the_others_are_told() -> None:
    order = make_assigned_order()

    answers = at_once(6, lambda n: write_after(0, order, f"Version {n}."))

    written = [answer for answer in answers if isinstance(answer, Reading)]
    refused = [answer for answer in answers if isinstance(answer, ReadingChanged)]
    assert (len(written), len(refused)) == (1, 5)
    assert Reading.objects.get() == written[0]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_with_files_is_one_revision() -> None:
    order = make_assigned_order()

    def click(_: int) -> Reading:
        files = [file(MP3, "a.mp3"), file(PDF, "b.pdf")]
        return write_after(0, order, "Partez.", attachments=files)

    answers = at_once(4, click)

    assert len(set(answers)) == 1
    assert ReadingAttachment.objects.count() == 2


def test_files_are_private_and_their_names_encrypted() -> None:
    order = make_assigned_order()

    reading = write(order, attachments=[file(MP3, "pour alice.mp3")])

    row = reading.attachments.get()
    path = Path(row.file.path)
    assert row.original_name == "pour alice.mp3"
    assert (row.mimetype, row.size) == ("audio/mpeg", len(MP3))
    assert "alice" not in str(path)
    assert path.read_bytes() == MP3
    assert path.stat().st_mode & 0o777 == 0o600


def test_files_go_on_to_the_next_revision_without_being_stored_again() -> None:
    order = make_assigned_order()
    first = write(order, attachments=[file(MP3, "a.mp3"), file(PDF, "b.pdf")])
    [kept] = [row for row in first.attachments.all() if row.original_name == "a.mp3"]

    second = write(
        order, "Autrement.", keep=[kept.pk], attachments=[file(picture(), "c.jpg")]
    )

    assert set(stored(first)) == {"a.mp3", "b.pdf"}
    assert set(stored(second)) == {"a.mp3", "c.jpg"}
    assert stored(second)["a.mp3"] == MP3
    again = [row for row in second.attachments.all() if row.original_name == "a.mp3"]
    assert again[0].file.name == kept.file.name
    assert again[0].pk != kept.pk


def test_the_repeat_of_a_change_that_keeps_files_is_the_same_revision() -> None:
    order = make_assigned_order()
    first = write(order, attachments=[file(MP3)])
    keep = [first.attachments.get().pk]

    changes = [write_after(1, order, "Autrement.", keep=keep) for _ in range(2)]

    assert changes[0] == changes[1]
    assert Reading.objects.count() == 2


def test_leaving_a_file_out_is_a_change() -> None:
    order = make_assigned_order()
    write(order, "Partez.", attachments=[file(MP3)])

    second = write(order, "Partez.")

    assert second.revision == 2
    assert not second.attachments.exists()


def test_a_file_of_another_order_is_not_kept() -> None:
    foreign = write(make_assigned_order(), attachments=[file(MP3)])
    order = make_assigned_order()

    with pytest.raises(ReadingChanged):
        write(order, keep=[foreign.attachments.get().pk])

    assert not order.readings.exists()


def test_a_file_that_a_crash_cut_off_is_written_again() -> None:
    order = make_assigned_order()
    reading = write(order, "Partez.", attachments=[file(MP3)])
    path = Path(default_storage.path(str(reading.attachments.get().file.name)))
    path.write_bytes(MP3[:10])

    write(order, "Autrement.", attachments=[file(MP3)])

    assert path.read_bytes() == MP3


@pytest.mark.parametrize(
    "what",
    [
        {"text": " \r\n "},
        {"text": "a" * 100_001},
        {"text": "Partez.", "attachments": [file(MP3, f"{n}.mp3") for n in range(6)]},
        {"text": "Partez.", "attachments": [file(b"MZ", "a.mp3")]},
    ],
    ids=["nothing", "too long", "six files", "a program"],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(what: dict[str, Any]) -> None:
    order = make_assigned_order()

    with pytest.raises(BadReading) as refused:
        write(order, **what)

    assert str(refused.value).endswith(".")
    assert not Reading.objects.exists()


def test_a_recording_alone_is_a_reading() -> None:
    reading = write(make_assigned_order(), "", attachments=[file(MP3)])

    assert (reading.text, reading.attachments.count()) == ("", 1)
