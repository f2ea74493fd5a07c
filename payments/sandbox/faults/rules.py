"""Which fault strikes which call or event: by route or type, from the nth on."""

import itertools
import threading
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from payments.sandbox.store import Json

BEFORE = frozenset({"reset_before", "timeout_before", "429", "503", "html", "conflict"})
DURING = frozenset({"slow", "500"})
AFTER = frozenset({"timeout_after", "reset_after", "truncated_after", "500_after"})
CALL_FAULTS = BEFORE | DURING | AFTER

SENDING = frozenset(
    {
        "drop",
        "double_same_id",
        "reorder",
        "delay",
        "before_answer",
        "concurrent",
        "old_signature",
        "wrong_secret",
        "two_signatures",
    }
)
CONTENT = frozenset(
    {"double_new_id", "livemode", "old_api_version", "unknown_type", "unknown_intent"}
)
EVENT_FAULTS = SENDING | CONTENT

_numbers = itertools.count(1)


@dataclass
class Rule:
    """`nth` counts the calls or events that matched since the rule was made."""

    fault: str
    route: str = ""
    event: str = ""
    nth: int = 1
    count: int = 1
    options: dict[str, Any] = field(default_factory=dict)
    id: int = field(default_factory=lambda: next(_numbers))
    seen: int = 0
    struck: int = 0

    def strikes(self) -> bool:
        """Count one more match and say whether it is the rule's turn."""
        self.seen += 1
        turn = self.nth <= self.seen < self.nth + self.count
        self.struck += turn
        return turn


_lock = threading.Lock()
_rules: list[Rule] = []


def add(rule: Rule) -> None:
    with _lock:
        _rules.append(rule)


def all_rules() -> list[Json]:
    with _lock:
        return [asdict(rule) for rule in _rules]


def clear() -> None:
    with _lock:
        _rules.clear()


def remove(rule_id: int) -> None:
    """Forget one rule. Gone already: nothing."""
    with _lock:
        _rules[:] = [rule for rule in _rules if rule.id != rule_id]


def take_for_call(method: str, path: str, template: str) -> Rule | None:
    """The rule that strikes this call: the first whose turn it is."""
    names = (f"{method} {path}", f"{method} {template}")
    with _lock:
        due = [
            rule
            for rule in _rules
            if rule.route
            and (rule.route in names or fnmatchcase(names[0], rule.route))
            and rule.strikes()
        ]
    return due[0] if due else None


def take_for_event(event_type: str) -> list[Rule]:
    """Every rule that strikes an event of this type; they add up."""
    with _lock:
        return [
            rule
            for rule in _rules
            if rule.event and fnmatchcase(event_type, rule.event) and rule.strikes()
        ]
