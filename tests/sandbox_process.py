"""The Stripe sandbox as a process that tests start, steer and end.

Standard library only: it works without Django, without the SDK, and outside pytest.
"""

import json
import os
import select
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
SECRET_KEY = "sk_test_lumira_sandbox"
PUBLISHABLE_KEY = "pk_test_lumira_sandbox"
WEBHOOK_SECRET = "whsec_lumira_sandbox"

_START_TIMEOUT_S = 20
_END_TIMEOUT_S = 3
_BANNER = "Stripe sandbox: "


class SandboxRefused(Exception):
    """A control answered with an error, or the process did not start."""


class SandboxProcess:
    """A running sandbox. Use it as a context manager, or call `stop`."""

    def __init__(
        self,
        *,
        webhook_url: str = "",
        state: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        # Ids of events that a test made by hand, which no oracle should judge.
        self.made_by_hand: set[str] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "payments.sandbox", "--port", "0"],
            cwd=PROJECT,
            env=_environment(webhook_url, state, environment or {}),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        try:
            self.url = self._read_address()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> "SandboxProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process for certain. Again: nothing."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_END_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def control(self, method: str, path: str, /, **asked: Any) -> Any:
        """Call one of the controls under /_/api/ and return its JSON."""
        address = f"{self.url}/_/api/{path}"
        body = None
        if method == "POST":
            body = json.dumps(asked).encode()
        elif asked:
            address += f"?{urlencode(asked)}"
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(address, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                told = json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise SandboxRefused(refusal.read().decode()) from refusal
        if (method, path) == ("POST", "events"):
            self.made_by_hand.add(told["id"])
        return told

    def reset(self, *, keep_endpoints: bool = False) -> None:
        """Forget everything: objects, events, faults, journal, clock."""
        self.made_by_hand.clear()
        self.control("POST", "reset", keep_endpoints=keep_endpoints)

    def requests(self, **filters: str) -> list[dict[str, Any]]:
        """Every API call so far, oldest first; by path= or method=."""
        return list(self.control("GET", "requests", **filters))

    def events(self, **filters: str) -> list[dict[str, Any]]:
        """Every event so far, oldest first; by type=."""
        return list(self.control("GET", "events", **filters))

    def deliveries(self, **filters: str) -> list[dict[str, Any]]:
        """Every delivery with its attempts, oldest first; by event= or state=."""
        return list(self.control("GET", "deliveries", **filters))

    def fault(
        self,
        fault: str,
        *,
        route: str = "",
        event: str = "",
        nth: int = 1,
        count: int = 1,
        **options: Any,
    ) -> None:
        """Have the nth matching call or event, and count in all, go wrong."""
        where = {"route": route} if route else {"event": event}
        asked = {"fault": fault, "nth": nth, "count": count, **where, **options}
        self.control("POST", "faults", **asked)

    def pay(self, intent_id: str, **how: Any) -> dict[str, Any]:
        """A buyer pays: card=, three_d_secure=pass|fail|none, type=, iban=."""
        path = f"payment_intents/{intent_id}/pay"
        return dict(self.control("POST", path, **how))

    def endpoints(self, *endpoints: dict[str, Any]) -> list[dict[str, Any]]:
        """Send events to these from now on, and to no other."""
        return list(self.control("POST", "endpoints", endpoints=list(endpoints)))

    def webhooks(self, enabled: bool, **settings: Any) -> None:
        """Switch webhooks on or off; send_held=True lets go of what was held."""
        self.control("POST", "webhooks", enabled=enabled, **settings)

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock on; what falls due happens, in order."""
        self.control("POST", "clock", advance_s=seconds)

    def wait_until_idle(self, timeout_s: float = 10) -> None:
        """Return once nothing is due or under way. Raises TimeoutError."""
        if not self.control("GET", "wait", timeout_s=timeout_s)["idle"]:
            raise TimeoutError(f"The sandbox is still busy after {timeout_s} s.")

    def _read_address(self) -> str:
        out = self._process.stdout
        assert out is not None
        ends = time.monotonic() + _START_TIMEOUT_S
        while time.monotonic() < ends:
            ready, _, _ = select.select([out], [], [], 0.2)
            line = out.readline() if ready else ""
            if line.startswith(_BANNER):
                return line.removeprefix(_BANNER).strip()
            if self._process.poll() is not None:
                break
        raise SandboxRefused("The sandbox did not start; its errors are above.")


@contextmanager
def start_sandbox(
    *,
    webhook_url: str = "",
    state: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[SandboxProcess]:
    """A sandbox on a free port, for as long as the block lasts."""
    process = SandboxProcess(
        webhook_url=webhook_url, state=state, environment=environment
    )
    with process:
        yield process


def _environment(
    webhook_url: str, state: Path | None, more: Mapping[str, str]
) -> dict[str, str]:
    """Ours, without what a developer's shell may have set for the sandbox."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SANDBOX_", "STRIPE_", "DJANGO_SETTINGS_MODULE"))
    }
    return {
        **kept,
        "ENVIRONMENT": "test",
        "SANDBOX_WEBHOOK_URL": webhook_url,
        "SANDBOX_STATE": str(state or ""),
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        **more,
    }
