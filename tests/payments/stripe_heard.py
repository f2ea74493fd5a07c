"""What the shop asked of Stripe, out of the sandbox's journal."""

from typing import Any

from tests.sandbox_process import SandboxProcess


def creations(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    """The calls that asked for a new intent, oldest first."""
    return [
        call
        for call in sandbox.requests()
        if (call["method"], call["path"]) == ("POST", "/v1/payment_intents")
    ]


def keys_sent(sandbox: SandboxProcess) -> list[str]:
    """The Idempotency-Key of each of them."""
    return [str(call["idempotency_key"]) for call in creations(sandbox)]
