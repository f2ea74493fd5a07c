"""An empty sandbox per test, clients for it, and a shop that hears its webhooks."""

from collections.abc import Iterator

import pytest
import stripe

from tests.sandbox.making import Api
from tests.sandbox.raw_calls import RawApi
from tests.sandbox.receiver import Receiver, ReceivingServer
from tests.sandbox_process import SECRET_KEY, SandboxProcess


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess) -> SandboxProcess:
    """An empty sandbox. The oracles (tests/oracles) look at all that it says."""
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def api(sandbox: SandboxProcess) -> Api:
    """The real SDK as a client, without retries."""
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": sandbox.url}).v1


@pytest.fixture
def raw(sandbox: SandboxProcess) -> RawApi:
    """A client that may send anything."""
    return RawApi(sandbox.url)


@pytest.fixture(scope="session")
def receiving_server() -> Iterator[ReceivingServer]:
    with ReceivingServer() as server:
        yield server


@pytest.fixture
def shop(sandbox: SandboxProcess, receiving_server: ReceivingServer) -> Receiver:
    """A shop that accepts every webhook, unless told otherwise."""
    receiver = receiving_server.start_over()
    sandbox.endpoints({"url": receiver.url})
    return receiver
