"""Everything that a sandbox has said in a run of tests, one body of each form."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.oracles.normal_form import normal_form
from tests.oracles.typed_constants import type_of_body, type_of_event
from tests.oracles.verdict import is_from_browser

Json = dict[str, Any]


@dataclass
class Spoken:
    """Bodies by TypeScript type and normal form; of each the first."""

    by_form: dict[tuple[str, str], tuple[str, Json]] = field(default_factory=dict)

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
        return [(kind, body) for (kind, _), (_, body) in self.by_form.items()]

    @property
    def places(self) -> list[str]:
        """Where each of the constants was heard."""
        return [where for where, _ in self.by_form.values()]

    @property
    def told(self) -> list[tuple[str, str, str, Json]]:
        """All of it, for `add` in another process."""
        return [
            (kind, form, where, body)
            for (kind, form), (where, body) in self.by_form.items()
        ]

    def add(self, told: list[tuple[str, str, str, Json]]) -> None:
        for kind, form, where, body in told:
            self.by_form.setdefault((kind, form), (where, body))

    def _note(self, kind: str, body: Json, where: str) -> None:
        self.by_form.setdefault((kind, normal_form(body)), (where, body))


# What the sandbox has said so far in this run of tests.
SPOKEN = pytest.StashKey[Spoken]()
