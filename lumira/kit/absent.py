"""Packages that others read because they are installed, not because we use them so."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_if_absent(*packages: str) -> Iterator[None]:
    """For who is read meanwhile. Whoever needs one of them later finds it."""
    hidden = [name for name in packages if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
