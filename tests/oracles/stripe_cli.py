"""Stripe's own command line, which knows how to bring an event about."""

import os
import subprocess
from pathlib import Path

from tests.oracles.node import installed

HERE = Path(__file__).parent
# The CLI insists on 24 characters after the prefix.
_KEY = "sk_test_lumirasandboxlumira00000"
_API_VERSION = "2026-10-28.endive"
# What no one listens on: the CLI asks for new versions of itself over the network.
_NOWHERE = "http://127.0.0.1:9"
_TIMEOUT_S = 60


class TriggerFailed(Exception):
    """The CLI's own words on why it could not bring the event about."""


def trigger(event_type: str, *, api_base: str, home: Path, **options: list[str]) -> str:
    """Run `stripe trigger` against this address and return what it printed.

    `options` are its flags, each as often as there are values: add=, override=,
    remove=, skip=. The home folder takes its settings. Raises TriggerFailed.
    """
    flags = [
        part
        for name, values in options.items()
        for value in values
        for part in (f"--{name}", value)
    ]
    done = subprocess.run(
        [
            str(installed(HERE) / "stripe"),
            "trigger",
            event_type,
            *("--api-key", _KEY),
            *("--api-base", api_base),
            *("--api-version", _API_VERSION),
            *flags,
        ],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "HTTPS_PROXY": _NOWHERE,
            "STRIPE_CLI_TELEMETRY_OPTOUT": "1",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_TIMEOUT_S,
    )
    if done.returncode != 0 or "Trigger succeeded" not in done.stdout:
        raise TriggerFailed(done.stdout)
    return done.stdout
