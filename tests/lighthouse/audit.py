"""Lighthouse's judgement of one page, from its command line."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.chromium import FLAGS, find_chromium
from tests.oracles.node import installed

HERE = Path(__file__).parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_TIMEOUT_S = 240
# The browser's recording began too late, which has nothing to do with the page: then
# Lighthouse itself says "Please run Lighthouse again".
NOT_RECORDED = ("NO_NAVSTART", "NO_TRACING_STARTED")
TRIES = 3


@dataclass(frozen=True)
class Report:
    scores: dict[str, int]
    audits: dict[str, dict[str, Any]]

    def value(self, audit: str) -> float:
        """What was measured: milliseconds, bytes, or a share."""
        return float(self.audits[audit]["numericValue"])

    @property
    def to_mend(self) -> dict[str, str]:
        """What it would have better, for the failing test's message."""
        return {
            name: audit.get("displayValue", audit["title"])
            for name, audit in self.audits.items()
            if audit["score"] is not None and audit["score"] < 0.9
        }


def audit(address: str, *, without: tuple[str, ...] = ()) -> Report:
    """Load the page as Lighthouse's phone does: simulated slow 4G, a slow processor."""
    command = [
        str(installed(HERE) / "lighthouse"),
        address,
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        '--extra-headers={"Accept-Language": "fr-FR"}',
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        *[f"--skip-audits={name}" for name in without],
    ]
    for _try in range(TRIES):
        done = subprocess.run(
            command,
            cwd=HERE,
            env={**os.environ, "CHROME_PATH": find_chromium() or ""},
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
        )
        if not any(code in done.stderr for code in NOT_RECORDED):
            break
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    scores = {name: said["categories"][name]["score"] for name in CATEGORIES}
    return Report(
        scores={name: round(100 * (score or 0)) for name, score in scores.items()},
        audits=said["audits"],
    )
