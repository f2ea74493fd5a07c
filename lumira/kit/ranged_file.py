"""Send a private file, or the part of it that a player asks for."""

import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

# One part only: players ask for no more. https://www.rfc-editor.org/rfc/rfc9110#name-range
ONE_PART = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class _Part:
    """The next `length` bytes of an open file."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file, self._left = file, length

    def read(self, count: int) -> bytes:
        block = self._file.read(min(count, self._left))
        self._left -= len(block)
        return block

    def close(self) -> None:
        self._file.close()


def ranged_file(
    request: HttpRequest,
    file: IO[bytes],
    *,
    size: int,
    content_type: str,
    filename: str,
    as_attachment: bool = False,
) -> HttpResponseBase:
    """Answer with all of `file` (200), or the part that was asked for (206 or 416).

    Without parts iPhones play no sound, and nobody can jump within a recording. The
    file is closed with the answer.
    """
    part = _asked_for(request.headers.get("Range", ""), size)
    response: HttpResponseBase
    if part is None:
        response = _streamed(file, size, content_type)
    elif part.start >= part.stop:
        file.close()
        response = HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}"}
        )
    else:
        file.seek(part.start)
        response = _streamed(file, len(part), content_type)
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    # Nothing in a file may act in the name of the person who opens it.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if named := content_disposition_header(as_attachment, filename):
        response["Content-Disposition"] = named
    return response


def _streamed(file: IO[bytes], length: int, content_type: str) -> FileResponse:
    response = FileResponse(_Part(file, length), content_type=content_type)
    response["Content-Length"] = str(length)
    return response


def _asked_for(header: str, size: int) -> range | None:
    """The bytes meant; empty when there are none; None for the whole file."""
    found = ONE_PART.fullmatch(header.strip())
    if found is None or header.strip() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:  # the last so many
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None  # nonsense is not a range: the whole file
    return range(int(first), min(int(last) + 1 if last else size, size))
