"""The floor's addresses: a WSGI application that gunicorn serves as it serves us.

Which database it uses stands in BENCH_DATABASE, which Stripe in BENCH_STRIPE.
"""

import hashlib
import hmac
import html
import http.client
import json
import os
import threading
import uuid
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.bench.floor.mongodb import MongoStatements
from tests.bench.floor.sql import on_postgresql, on_sqlite
from tests.bench.floor.statements import Statements, Wanted

Answer = tuple[str, bytes]
_JSON = "application/json"
_SECRET = os.environ["BENCH_WEBHOOK_SECRET"].encode()
_STRIPE = os.environ["BENCH_STRIPE"]
_local = threading.local()


def _statements() -> Statements:
    url = os.environ["BENCH_DATABASE"]
    kind = urlsplit(url).scheme
    if kind.startswith("sqlite"):
        return on_sqlite(urlsplit(url).path, os.environ["BENCH_SQLITE_INIT"])
    if kind.startswith("mongodb"):
        return MongoStatements(url, urlsplit(url).path.strip("/"))
    return on_postgresql(url)


_db = _statements()


def application(
    environ: dict[str, Any], start_response: Callable[..., object]
) -> Iterable[bytes]:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    path: str = environ["PATH_INFO"]
    if path == "/webhook":
        kind, answer = _webhook(body, environ["HTTP_STRIPE_SIGNATURE"])
    elif path == "/start":
        kind, answer = _start(json.loads(body))
    elif path == "/resume":
        kind, answer = _resume(json.loads(body))
    elif path.startswith("/status/"):
        kind, answer = _status(path.removeprefix("/status/"))
    else:
        kind, answer = _page()
    headers = [("Content-Type", kind), ("Content-Length", str(len(answer)))]
    start_response("200 OK", headers)
    return [answer]


def _webhook(body: bytes, signature: str) -> Answer:
    parts = dict(part.split("=", 1) for part in signature.split(","))
    signed = f"{parts['t']}.".encode() + body
    made = hmac.new(_SECRET, signed, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(made, parts["v1"])
    event = json.loads(body)
    if _db.is_processed(event["id"]):
        return _JSON, b'{"received": true, "duplicate": true}'
    try:
        _db.settle(event["id"], event["data"]["object"]["id"])
    except _db.taken:  # by the same event, delivered at the same moment
        return _JSON, b'{"received": true, "duplicate": true}'
    return _JSON, b'{"received": true}'


def _start(wanted: dict[str, str]) -> Answer:
    """Row first, then Stripe, then its answer: the rule costs what it costs."""
    _, name, price, currency = _db.service(wanted["productId"])
    new = Wanted(
        order_id=str(uuid.uuid4()),
        payment_id=str(uuid.uuid4()),
        number=f"LU{uuid.uuid4().hex[:13]}",
        email=wanted["customerEmail"],
    )
    _db.place(new)
    intent = _stripe("POST", f"amount={price}&currency={currency}", new.payment_id)
    _db.remember_intent(new.payment_id, intent["id"])
    return _JSON, json.dumps(
        {
            "clientSecret": intent["client_secret"],
            "orderId": new.order_id,
            "amount": price,
            "currency": currency,
            "productName": name,
        }
    ).encode()


def _resume(wanted: dict[str, str]) -> Answer:
    order = _db.order(wanted["orderId"])
    intent = _stripe("GET", order[-1])
    return _JSON, json.dumps(
        {
            "clientSecret": intent["client_secret"],
            "orderId": wanted["orderId"],
            "amount": order[4],
            "currency": order[5],
            "productName": order[9],
        }
    ).encode()


def _status(order_id: str) -> Answer:
    return _JSON, json.dumps(_db.order(order_id), default=str).encode()


def _page() -> Answer:
    """A catalogue page of the product's size (30 KB), by f-strings."""
    services, experts = _db.catalogue()
    cards = "".join(
        f'<article class="card"><h3>{html.escape(name)}</h3>'
        f"<p>{html.escape(text)}</p><p>{price / 100:.2f} {currency}</p>"
        f'<a href="/commande/?service={slug}">Choisir</a></article>'
        for slug, name, text, price, currency, _ in services
    )
    people = "".join(
        f'<article class="card"><h3>{html.escape(name)}</h3>'
        f'<p>{html.escape(bio)}</p><a href="/experts/{slug}/">Consulter</a></article>'
        for slug, name, bio in experts
    )
    rest = "<p>Une question vous habite. Faisons-y la lumière.</p>" * 520
    page = f"<!doctype html><html lang=fr><body>{cards}{people}{rest}</body></html>"
    return "text/html; charset=utf-8", page.encode()


def _stripe(method: str, what: str, key: str = "") -> dict[str, Any]:
    """One call on this thread's kept-open connection."""
    if not hasattr(_local, "stripe"):
        _local.stripe = http.client.HTTPConnection(urlsplit(_STRIPE).netloc)
    path = "/v1/payment_intents" + (f"/{what}" if method == "GET" else "")
    headers = {"Idempotency-Key": key} if key else {}
    _local.stripe.request(method, path, what if method == "POST" else None, headers)
    answer: dict[str, Any] = json.loads(_local.stripe.getresponse().read())
    return answer
