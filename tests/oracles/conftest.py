"""The SDK as a client of the session's sandbox."""

import pytest
import stripe

from tests.sandbox.making import Api
from tests.sandbox_process import SECRET_KEY, SandboxProcess


@pytest.fixture
def api(sandbox: SandboxProcess) -> Api:
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": sandbox.url}).v1
