"""HTTP calls to the sandbox as bytes and headers, for what the SDK would not send."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.sandbox_process import PUBLISHABLE_KEY, SECRET_KEY

Json = dict[str, Any]
BEARER = {"Authorization": f"Bearer {SECRET_KEY}"}


@dataclass(frozen=True)
class RawAnswer:
    status: int
    headers: Message
    text: str

    @property
    def body(self) -> Json:
        return dict(json.loads(self.text))

    @property
    def error(self) -> Json:
        return dict(self.body["error"])


class RawApi:
    def __init__(self, url: str) -> None:
        self._place = urlsplit(url)

    def call(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] = BEARER,
        timeout_s: float = 10,
    ) -> RawAnswer:
        """One call on a connection of its own."""
        body = None
        if form and method == "GET":
            path = f"{path}?{urlencode(form)}"
        elif form is not None:
            body = urlencode(form)
            headers = {
                **headers,
                "Content-Type": "application/x-www-form-urlencoded",
            }
        connection = http.client.HTTPConnection(
            self._place.hostname or "", self._place.port, timeout=timeout_s
        )
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            text = answer.read().decode()
            return RawAnswer(answer.status, answer.headers, text)
        finally:
            connection.close()

    def post(self, path: str, **form: str) -> RawAnswer:
        return self.call("POST", path, form)

    def get(self, path: str, **form: str) -> RawAnswer:
        return self.call("GET", path, form)

    def from_browser(
        self, method: str, path: str, form: Mapping[str, str] | None = None
    ) -> RawAnswer:
        """As Stripe.js calls: the publishable key is one of the parameters."""
        with_key = {**(form or {}), "key": PUBLISHABLE_KEY}
        return self.call(method, path, with_key, headers={})
