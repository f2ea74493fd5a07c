"""Write what the expert has to say, as one more revision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from lumira.accounts.models import User
from lumira.audit.recording import record
from lumira.kit.db import transactional
from orders.actions.work_rules import (
    NotTheirWork,
    ReadingChanged,
    WorkRefused,
    latest_reading,
    refuse_unless,
    taken_up,
    work_under_way,
)
from orders.attachments import (
    MAX_ATTACHMENTS,
    Attachment,
    AttachmentRefused,
    checked_attachment,
    store,
)
from orders.models import Order, Reading, ReadingAttachment
from orders.status import OrderStatus

MAX_LETTERS = 100_000


class BadReading(WorkRefused):
    """The text or a file cannot be taken as it is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the next revision is to hold, its files stored already."""

    text: str = field(repr=False)
    author: User
    keep: frozenset[UUID]
    # By the path of their file.
    new_files: dict[str, Attachment]


def write_reading(
    order: Order,
    *,
    text: str,
    author: User,
    expected_revision: int,
    attachments: Sequence[Any] = (),
    keep: Collection[UUID] = (),
) -> Reading:
    """Save the next revision, after the one the author has read (0: none yet).

    `attachments` are uploads; `keep` are attachments of the revision that was read,
    which go on without being stored again. The same words and files once more are
    the same revision: safe to repeat. Raises ReadingChanged when somebody (or another
    tab) has written meanwhile, BadReading, or another WorkRefused. A crash leaves at
    most a file that no row knows.
    """
    said = _cleaned(text)
    # First without a lock, so that nothing large is stored for nothing.
    _refuse_author(Order.objects.get(pk=order.pk), author)
    try:
        uploads = [checked_attachment(upload) for upload in attachments]
    except AttachmentRefused as refused:
        raise BadReading(str(refused)) from None
    if len(uploads) + len(keep) > MAX_ATTACHMENTS:
        raise BadReading(f"Pas plus de {MAX_ATTACHMENTS} pièces jointes.")
    if not (said or uploads or keep):
        raise BadReading("Cette lecture est vide.")
    draft = Draft(
        text=said,
        author=author,
        keep=frozenset(keep),
        new_files={store(order, upload): upload for upload in uploads},
    )
    try:
        return _save(order, draft, expected_revision)
    except IntegrityError:
        # one_reading_per_revision: written twice at once. Look again.
        return _save(order, draft, expected_revision)


@transactional
def _save(order: Order, draft: Draft, expected_revision: int) -> Reading:
    order = taken_up(order)
    _refuse_author(order, draft.author)
    latest = latest_reading(order)
    kept = _kept(order, draft, expected_revision)
    paths = {str(row.file.name) for row in kept} | draft.new_files.keys()
    if latest and _says_the_same(latest, draft, paths):
        return latest
    if (latest.revision if latest else 0) != expected_revision:
        raise ReadingChanged("La lecture a été modifiée entre-temps.")

    reading = Reading.objects.create(
        order=order,
        revision=expected_revision + 1,
        text=draft.text,
        author=draft.author,
    )
    _attach(reading, kept, draft)
    record(
        "reading.written",
        by=draft.author.get_username(),
        about=order,
        after={"revision": reading.revision, "attachments": len(paths)},
    )
    return reading


def _cleaned(text: str) -> str:
    """As it was typed; browsers send other ends of lines than they were given."""
    said = text.replace("\r\n", "\n").strip()
    if len(said) > MAX_LETTERS:
        raise BadReading("Cette lecture est trop longue.")
    return said


def _refuse_author(order: Order, author: User) -> None:
    refuse_unless(order, OrderStatus.PROCESSING)
    work = work_under_way(order)
    if work is None or work.expert.user_id != author.pk:
        raise NotTheirWork("Seul l’expert qui a la commande écrit sa lecture.")


def _kept(
    order: Order, draft: Draft, expected_revision: int
) -> list[ReadingAttachment]:
    read = order.readings.filter(revision=expected_revision).first()
    rows = list(read.attachments.filter(pk__in=draft.keep)) if read else []
    if len(rows) < len(draft.keep):
        raise ReadingChanged("Une pièce jointe à garder n’est plus là.")
    return rows


def _says_the_same(reading: Reading, draft: Draft, paths: set[str]) -> bool:
    files = {row.file.name for row in reading.attachments.all()}
    words = (reading.text, reading.author_id)
    return words == (draft.text, draft.author.pk) and files == paths


def _attach(reading: Reading, kept: list[ReadingAttachment], draft: Draft) -> None:
    files: dict[str, Attachment | ReadingAttachment] = {}
    files |= {str(row.file.name): row for row in kept}
    files |= draft.new_files
    for path, file in files.items():
        ReadingAttachment.objects.create(
            reading=reading,
            file=path,
            original_name=file.original_name,
            mimetype=file.mimetype,
            size=file.size,
        )
