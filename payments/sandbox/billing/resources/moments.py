"""A parameter that is a moment, or one of a few words."""

from typing import Any

from payments.sandbox.api.params import Choice, Whole


class MomentOr:
    """Seconds since 1970, or one of these words; "" unsets where it is among them."""

    def __init__(self, *words: str) -> None:
        self._words = Choice(*words)

    def read(self, raw: Any, name: str) -> int | str | None:
        if isinstance(raw, str) and raw.isdecimal():
            return Whole(minimum=0).read(raw, name)
        return self._words.read(raw, name)
