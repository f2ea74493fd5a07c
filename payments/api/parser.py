import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """JSON that a database can keep: no NUL, no half of a surrogate pair, no NaN."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises ValueError."""
        body: dict[str, Any] = json.loads(request.body, parse_constant=_refuse)
        if any("\x00" in text for text in _texts(body)):
            raise ValueError("PostgreSQL keeps no NUL.")
        json.dumps(body, ensure_ascii=False).encode()
        return body


def _texts(value: Any) -> Iterator[str]:
    """Every string in it, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON.")
