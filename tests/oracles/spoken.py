"""Everything that a sandbox has said in a run of tests, one body of each shape."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.oracles.typed_constants import type_of_body, type_of_event
from tests.oracles.verdict import is_from_browser

Json = dict[str, Any]
_WORD = re.compile(r"[a-z][a-z_.]{1,40}")
# What the merchant wrote: no two are alike and none is a word of Stripe's.
_FREE = frozenset({"metadata", "description"})


@dataclass
class Spoken:
    """Bodies by TypeScript type and shape. A shape seen before is not kept again."""

    by_shape: dict[tuple[str, Any], tuple[str, Json]] = field(default_factory=dict)

    def listen(self, calls: list[Json], events: list[Json], *, where: str) -> None:
        """Note the answers of calls in a journal, and events."""
        for call in calls:
            body = call["response"]
            if not isinstance(body, dict) or is_from_browser(call):
                continue
            if "error" in body:
                self._note("Stripe.StripeRawError", body["error"], where)
            else:
                self._note(type_of_body(body), body, where)
        for event in events:
            self._note(type_of_event(event), event, where)

    @property
    def constants(self) -> list[tuple[str, Json]]:
        """(type, body), in the order in which they were first heard."""
        return [(kind, body) for (kind, _), (_, body) in self.by_shape.items()]

    @property
    def places(self) -> list[str]:
        """Where each of the constants was heard."""
        return [where for where, _ in self.by_shape.values()]

    def _note(self, kind: str, body: Json, where: str) -> None:
        self.by_shape.setdefault((kind, _shape(body)), (where, body))


def _shape(value: Any, name: str = "") -> Any:
    if name in _FREE:
        return bool(value)
    if isinstance(value, dict):
        return tuple(sorted((key, _shape(item, key)) for key, item in value.items()))
    if isinstance(value, list):
        return tuple(dict.fromkeys(_shape(item) for item in value))
    if isinstance(value, str) and _WORD.fullmatch(value):
        return value
    return type(value).__name__
