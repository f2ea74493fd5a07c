"""A form that is the same for everybody but for what is made anew for each request.

It is rendered once with values that nobody could guess, cut where they stand, and put
together with others for each visitor. Never 304: a browser would show the form that it
has, with the values of then.

Packed, the own values lie between the packed parts as they are: they compress with
nothing, so that the size of the page tells nothing of them (BREACH).
"""

import re
import struct
import uuid
import zlib
from dataclasses import astuple, dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class NotThere(ValueError):
    """A value does not stand in the page that was rendered with it."""


@dataclass(frozen=True, slots=True)
class OwnValues:
    """Of one request: the token of its forms, the nonce of its scripts, and a key that
    makes one thing of what is sent twice."""

    token: str
    nonce: str
    key: str

    @classmethod
    def of(cls, request: HttpRequest) -> "OwnValues":
        nonce: object = request.csp_nonce  # type: ignore[attr-defined]
        return cls(get_token(request), str(nonce), str(uuid.uuid4()))


@dataclass(frozen=True, slots=True)
class KeptForm:
    """The parts between own values, plain and packed; and which value is behind each
    part but the last."""

    parts: tuple[bytes, ...]
    packed: tuple[bytes, ...]
    values: tuple[int, ...]
    content_type: str

    @classmethod
    def of(cls, response: HttpResponse, own: OwnValues) -> "KeptForm":
        """What was rendered with these values. Raises NotThere."""
        values = [value.encode() for value in astuple(own)]
        either = b"|".join(re.escape(value) for value in values)
        parts = re.split(b"(" + either + b")", response.content)
        if not set(values) <= set(parts[1::2]):
            raise NotThere(response.headers)
        plain = tuple(parts[0::2])
        return cls(
            parts=plain,
            packed=tuple(
                _packed(part, is_last=number == len(plain))
                for number, part in enumerate(plain, 1)
            ),
            values=tuple(values.index(value) for value in parts[1::2]),
            content_type=response["Content-Type"],
        )

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        own = [value.encode() for value in astuple(OwnValues.of(request))]
        values = [own[number] for number in self.values]
        body = _joined(self.parts, values)
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        if is_packed:
            ending = struct.pack("<LL", zlib.crc32(body), len(body))
            stored = [_stored(value) for value in values]
            body = _GZIP_HEADER + _joined(self.packed, stored) + ending
        response = HttpResponse(body, content_type=self.content_type)
        if is_packed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(body))
        patch_vary_headers(response, ("Accept-Encoding",))
        return response


def _joined(parts: tuple[bytes, ...], values: list[bytes]) -> bytes:
    pairs = zip(parts, [*values, b""], strict=True)
    return b"".join(piece for pair in pairs for piece in pair)


def _packed(part: bytes, *, is_last: bool) -> bytes:
    """Blocks of deflate that refer to nothing outside the part."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    end = zlib.Z_FINISH if is_last else zlib.Z_FULL_FLUSH
    return packer.compress(part) + packer.flush(end)


def _stored(value: bytes) -> bytes:
    """A block of deflate that holds it as it is (RFC 1951, 3.2.4)."""
    return struct.pack("<BHH", 0, len(value), len(value) ^ 0xFFFF) + value
