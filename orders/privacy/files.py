"""Delete the files of people who were erased, or whose answers are past their time."""

import uuid
from collections.abc import Collection
from uuid import UUID

from django.core.files.storage import default_storage

from orders.models import OrderFile, Reading, ReadingAttachment
from orders.pictures import MAX_PICTURES


def forget_pictures(orders: Collection[UUID]) -> int:
    """The customers' own pictures, and those that a crash left without a row.

    How many rows went. Each goes after its file, so that a crash between them is
    made up for by the next call.
    """
    rows = OrderFile.objects.filter(order_id__in=orders)
    paths = {str(path) for path in rows.values_list("file", flat=True)}
    for order_id in orders:
        paths |= {_picture_path(order_id, place) for place in range(MAX_PICTURES)}
    for path in paths:
        default_storage.delete(path)
    return rows.delete()[0]


def forget_attachments(orders: Collection[UUID]) -> int:
    """What goes with their readings. Several revisions may name the same file."""
    readings = Reading.objects.filter(order_id__in=orders)
    ids = list(readings.values_list("pk", flat=True))
    rows = ReadingAttachment.objects.filter(reading_id__in=ids)
    for path in set(rows.values_list("file", flat=True)):
        default_storage.delete(str(path))
    return rows.delete()[0]


def _picture_path(order_id: UUID, place: int) -> str:
    """As attach_pictures makes it."""
    return f"orders/{uuid.uuid5(order_id, f'picture {place}')}"
