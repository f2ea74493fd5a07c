"""Keep the pictures that came with an order."""

import uuid

from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils.timezone import now

from lumira.kit.db import transactional
from orders.models import Order, OrderFile
from orders.pictures import Picture


def attach_pictures(order: Order, pictures: list[Picture]) -> None:
    """Store the pictures of an order that has none yet: a repeat adds nothing.

    Each has an id and a file name of its own that a repeat makes again, and the
    rows are saved together: half-stored pictures are stored by the next try.
    """
    if not pictures or order.files.exists():
        return
    rows = [_stored(order, place, picture) for place, picture in enumerate(pictures)]
    try:
        _save_all(order, rows)
    except IntegrityError:
        return  # the same form, twice at once: the other one has saved them


def _stored(order: Order, place: int, picture: Picture) -> OrderFile:
    """A row whose file is written, and that is not saved yet."""
    row = OrderFile(
        id=uuid.uuid5(order.pk, f"picture {place}"),
        order=order,
        original_name=picture.original_name,
        mimetype=picture.mimetype,
        size=len(picture.content),
    )
    row.file.save("", ContentFile(picture.content), save=False)
    return row


@transactional
def _save_all(order: Order, rows: list[OrderFile]) -> None:
    # Takes the row: an erasure now waits and sees these, or was faster. The files of
    # an erased order belong to no row then, and are cleared away with such files.
    if not Order.objects.filter(pk=order.pk, erasure=None).update(updated_at=now()):
        return
    for row in rows:
        row.save(force_insert=True)
