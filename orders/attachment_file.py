"""One file of a reading, out of the private storage."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lumira.kit.ranged_file import ranged_file
from orders.models import ReadingAttachment


def attachment_file(
    request: HttpRequest, row: ReadingAttachment, *, as_attachment: bool
) -> HttpResponseBase:
    """Answer with it, under the name it came with. Who may have it is the caller's.

    Raises Http404 when the storage does not have it (any more).
    """
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return ranged_file(
        request,
        file,
        size=row.file.size,
        content_type=row.mimetype,
        filename=row.original_name,
        as_attachment=as_attachment,
    )
