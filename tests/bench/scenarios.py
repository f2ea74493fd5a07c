"""What is asked of both, request by request."""

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.request import Request, urlopen

from tests.bench.filling import Filling, Payable
from tests.bench.load import request
from tests.bench.shop import WEBHOOK_SECRET
from tests.bench.stripe_stub import intent

# From the rows there are, so many, for the server at this port.
Requests = Callable[[Filling, int, int], list[bytes]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`target` is the least ratio to the floor that we want; None where none is set."""

    name: str
    target: float | None
    product: Requests
    floor: Requests
    status: int = 200
    share: float = 1.0  # of the block's requests: what is slow gets fewer
    pays: bool = False  # afterwards every payable order is paid


def _headers(n: int) -> dict[str, str]:
    """Each from a network of its own, as a proxy tells it: the limits let it in."""
    network = uuid.uuid4().bytes
    client = f"{network[0] % 200 + 1}.{network[1]}.{network[2]}.{n % 250 + 1}"
    return {"X-Forwarded-For": client, "X-Forwarded-Proto": "https"}


def _json_headers(n: int) -> dict[str, str]:
    return {**_headers(n), "Content-Type": "application/json"}


def _event(paid: Payable, path: str, n: int) -> bytes:
    """payment_intent.succeeded about this order, signed as Stripe signs."""
    succeeded = intent(paid.intent_id, paid.amount, {"orderId": str(paid.order_id)})
    succeeded |= {
        "status": "succeeded",
        "amount_received": paid.amount,
        "latest_charge": f"ch_{paid.order_id.hex}",
    }
    body = json.dumps(
        {
            "id": f"evt_{uuid.uuid4().hex}",
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": int(time.time()),
            "livemode": False,
            "type": "payment_intent.succeeded",
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "data": {"object": succeeded},
        }
    ).encode()
    moment = str(int(time.time()))
    signed = hmac.new(
        WEBHOOK_SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256
    )
    signature = f"t={moment},v1={signed.hexdigest()}"
    headers = {**_json_headers(n), "Stripe-Signature": signature}
    return request("POST", path, headers, body=body)


def _settle(path: str) -> Requests:
    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        payable = filling.payable(number)
        return [_event(paid, path, n) for n, paid in enumerate(payable)]

    return requests


def _duplicate(path: str) -> Requests:
    """One event, settled by the first of them and sent again ever after."""

    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        return [_event(filling.payable(1)[0], path, 1)] * number

    return requests


def _start(path: str) -> Requests:
    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        filling.paid(number // 3)
        slug = filling.services[0].slug
        return [
            request(
                "POST",
                path,
                _json_headers(n),
                body=json.dumps(
                    {
                        "productId": slug,
                        "customerEmail": f"p{uuid.uuid4().hex[:12]}@example.org",
                    }
                ).encode(),
            )
            for n in range(number)
        ]

    return requests


def _resume(path: str) -> Requests:
    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        filling.paid(number // 3)
        return [
            request(
                "POST",
                path,
                _json_headers(n),
                body=json.dumps({"orderId": str(paid.order_id)}).encode(),
            )
            for n, paid in enumerate(filling.payable(number))
        ]

    return requests


def _of_an_order(path: str) -> Requests:
    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        orders = filling.payable(max(1, number // 10))
        return [
            request("GET", path.format(orders[n % len(orders)].order_id), _headers(n))
            for n in range(number)
        ]

    return requests


def _page(path: str) -> Requests:
    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        return [request("GET", path, _headers(n)) for n in range(number)]

    return requests


def _again(path: str) -> Requests:
    """By browsers that have the page, and ask whether it is still the same."""

    def requests(filling: Filling, number: int, port: int) -> list[bytes]:
        address = f"http://127.0.0.1:{port}{path}"
        with urlopen(Request(address, headers=_headers(0))) as answer:
            etag = answer.headers["ETag"]
        headers = {"If-None-Match": etag}
        return [request("GET", path, _headers(n) | headers) for n in range(number)]

    return requests


SCENARIOS = (
    Scenario(
        "webhook: settle",
        0.5,
        _settle("/api/payments/webhook"),
        _settle("/webhook"),
        pays=True,
    ),
    Scenario(
        "webhook: duplicate",
        0.8,
        _duplicate("/api/payments/webhook"),
        _duplicate("/webhook"),
    ),
    Scenario(
        "checkout: new order",
        0.4,
        _start("/api/payments/create-payment-intent"),
        _start("/start"),
        share=0.5,
    ),
    Scenario(
        "checkout: resume",
        0.4,
        _resume("/api/payments/create-payment-intent"),
        _resume("/resume"),
        share=0.5,
    ),
    Scenario(
        "order status",
        0.5,
        _of_an_order("/api/payments/order/{}"),
        _of_an_order("/status/{}"),
    ),
    Scenario("home", 1.0, _page("/"), _page("/page")),
    Scenario("home: again", 1.0, _again("/"), _page("/page"), status=304),
    Scenario("order form", None, _page("/commande/"), _page("/page"), share=0.5),
    Scenario(
        "confirmation",
        None,  # one person's page: never kept, and rendered each time
        _of_an_order("/confirmation?order_id={}"),
        _page("/page"),
        share=0.5,
    ),
)
