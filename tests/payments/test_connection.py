"""The way to Stripe: how many connections, by which proxy, and whom it believes."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from payments.gateway import GatewayUnavailable
from payments.gateway.stripe_gateway import StripeGateway
from tests.payments.canned_stripe import CannedStripe
from tests.payments.canned_stripe import canned as canned  # a fixture

KEY = "sk_test_connection000000000000"
NOBODY = "http://stripe.invalid"
INTENT = {
    "id": "pi_1",
    "object": "payment_intent",
    "status": "requires_payment_method",
    "amount": 7900,
    "currency": "eur",
    "livemode": False,
}


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_the_calls_of_a_thread_go_by_one_connection(counting: "Counting") -> None:
    gateway = StripeGateway(KEY, api_base=counting.url)

    for _call in range(3):
        gateway.fetch_intent("pi_1")

    assert (counting.connections, counting.requests) == (1, 3)


def test_an_id_cannot_lead_to_another_address(canned: CannedStripe) -> None:
    canned.will_say(200, INTENT)

    StripeGateway(KEY, api_base=canned.url).fetch_intent("pi_1/cancel?a=../b")

    assert canned.calls == ["GET /v1/payment_intents/pi_1%2Fcancel%3Fa%3D..%2Fb"]


def test_the_environments_proxy_is_used(
    canned: CannedStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    canned.will_say(200, INTENT)
    monkeypatch.setenv("HTTP_PROXY", canned.url)

    StripeGateway(KEY, api_base=NOBODY).fetch_intent("pi_1")

    assert canned.calls == [f"GET {NOBODY}/v1/payment_intents/pi_1"]


def test_a_proxy_is_not_used_where_the_environment_says_so(
    canned: CannedStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    canned.will_say(200, INTENT)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    StripeGateway(KEY, api_base=canned.url).fetch_intent("pi_1")

    assert canned.calls == ["GET /v1/payment_intents/pi_1"]


@pytest.mark.django_db  # an alarm is raised
def test_a_certificate_that_nobody_vouches_for_is_not_believed(tmp_path: Path) -> None:
    with impostor(tmp_path) as (url, told), pytest.raises(GatewayUnavailable):
        StripeGateway(KEY, api_base=url).fetch_intent("pi_1")

    # Not a word of ours was said to it, and it was not tried again.
    assert told == [b""]


class Counting:
    """Tells everybody of INTENT, and counts the connections they come by."""

    def __init__(self) -> None:
        self.connections = self.requests = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return  # closed
            self.connections += 1
            threading.Thread(target=self._talk, args=(caller,), daemon=True).start()

    def _talk(self, caller: socket.socket) -> None:
        body = json.dumps(INTENT).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        with caller:
            while caller.recv(65_536):
                self.requests += 1
                caller.sendall(head + body)

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


@pytest.fixture
def counting() -> Iterator[Counting]:
    server = Counting()
    yield server
    server.close()


@contextmanager
def impostor(folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """A TLS server with a certificate of its own making, and what it was told."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(folder / "own.pem"))
    told: list[bytes] = []
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:
                return  # closed
            with caller:
                try:
                    with context.wrap_socket(caller, server_side=True) as inside:
                        told.append(inside.recv(65_536))
                except OSError:
                    told.append(b"")

    listener = threading.Thread(target=serve)
    listener.start()
    try:
        yield f"https://127.0.0.1:{door.getsockname()[1]}", told
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        listener.join()


def own_certificate(path: Path) -> Path:
    """Right in all but who signed it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "api.stripe.com")])
    address = x509.IPAddress(IPv4Address("127.0.0.1"))
    moment = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(pem))
    return path
