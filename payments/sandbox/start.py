"""Starting the sandbox's world: what it remembers, where events go, its threads."""

import os
import threading
from pathlib import Path

from payments.sandbox import timers
from payments.sandbox.store import STORE
from payments.sandbox.transaction import change_and_release
from payments.sandbox.webhooks import delivery
from payments.sandbox.webhooks.endpoints import KIND, add_endpoint
from payments.sandbox.webhooks.workers import start_workers

DEFAULT_SECRET = "whsec_lumira_sandbox"  # noqa: S105


def start_world(state: str) -> None:
    """Load the state file, if any, and start the threads for timers and webhooks."""
    if state:
        STORE.open(Path(state))
    if not STORE.all(KIND):
        first_endpoint()
    threading.Thread(target=timers.run_forever, name="timers", daemon=True).start()
    start_workers()
    delivery.arm_all()


def first_endpoint() -> None:
    """The endpoint that the environment names, if it names one."""
    url = os.environ.get("SANDBOX_WEBHOOK_URL", "").strip()
    if not url:
        return
    first = os.environ.get("STRIPE_WEBHOOK_SECRET", "").split(",")[0].strip()
    with change_and_release():
        add_endpoint(url, secrets=[first or DEFAULT_SECRET])
