"""The sandbox's own time: the machine's, moved by whoever asks."""

import time

from payments.sandbox.store import STORE


def _setting() -> dict[str, float]:
    return STORE.get("_setting", "clock") or {"offset_s": 0.0}


def now_precise() -> float:
    """Seconds since 1970, with fractions."""
    return time.time() + _setting()["offset_s"]


def now() -> int:
    """Seconds since 1970, as Stripe writes them."""
    return int(now_precise())


def offset_s() -> float:
    """How far the sandbox is ahead of the machine."""
    return _setting()["offset_s"]


def move_to(moment: float) -> None:
    """Make it this moment now; time goes on from there."""
    STORE.put("_setting", "clock", {"offset_s": moment - time.time()})
