import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """JSON that a database can keep: no half of a surrogate pair, no NaN."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises ValueError."""
        body: dict[str, Any] = json.loads(request.body, parse_constant=_refuse)
        json.dumps(body, ensure_ascii=False).encode()
        return body


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON.")
