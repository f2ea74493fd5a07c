"""Answers for Stripe at once, so that only our own time is measured.

Not the sandbox: that one checks every word, and that takes longer than what is
measured here. `python -m tests.bench.stripe_stub PORT`.
"""

import json
import re
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

_METADATA = re.compile(r"metadata\[(\w+)\]")
_intents: dict[str, dict[str, Any]] = {}


def intent(intent_id: str, amount: int, metadata: dict[str, str]) -> dict[str, Any]:
    """A PaymentIntent that waits for a card, as the API shows it."""
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_received": 0,
        "client_secret": f"{intent_id}_secret_bench",
        "created": 1_790_000_000,
        "currency": "eur",
        "livemode": False,
        "metadata": metadata,
        "status": "requires_payment_method",
        "latest_charge": None,
        "last_payment_error": None,
        "invoice": None,
        "customer": None,
    }


class Stub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one packet: two of them wait 40 ms for each other.
    wbufsize = 65_536
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(length).decode()))
        if not self.path.endswith("/payment_intents"):
            return self._answer({"id": f"cus_{uuid.uuid4().hex}", "object": "customer"})
        metadata = {
            found[1]: value
            for name, value in form.items()
            if (found := _METADATA.fullmatch(name))
        }
        made = intent(f"pi_{uuid.uuid4().hex}", int(form["amount"]), metadata)
        _intents[made["id"]] = made
        self._answer(made)

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].rsplit("/", 1)[1]
        found = _intents.get(name)
        if found is None:  # the bench's own: the order stands in its name
            amount, _, order_id = name.removeprefix("pi_").partition("x")
            told = {"orderId": str(uuid.UUID(order_id))}
            found = intent(name, int(amount), told)
        self._answer(found)

    def _answer(self, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Request-Id", f"req_{uuid.uuid4().hex[:14]}")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Stub).serve_forever()
