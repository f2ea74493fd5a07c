"""The second net: what must never be in a log is cut out of every line.

The first net is that nobody writes it; tests/logs/watching.py reads what the whole
suite writes before it comes here.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

Replace = str | Callable[[re.Match[str]], str]

# Values under such a name are cut whatever they look like.
SECRET_NAMES = re.compile(
    r"(?i)passw|secret|token|authori[sz]ation|cookie|api_?key|encryption_?key|signature"
    r"|e_?mail|phone|address|birth|question|intake|first_?name|last_?name"
)
CUT = "[removed]"
REST_OF_UUID = r"-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def _card(found: re.Match[str]) -> str:
    """Only what is a card's number by its check digit: other ids stay."""
    digits = [int(character) for character in found[0] if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    is_card = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    return "[card]" if is_card else found[0]


# A literal that is in every text of which the net takes something (most texts have
# none of them, and are not searched), the net, and what it leaves. Each net takes a
# time in proportion to the text, however a stranger chose it: none tries a long word
# again from each of its letters.
NETS: tuple[tuple[str, re.Pattern[str], Replace], ...] = (
    # A login inside an address, before it is taken for an e-mail.
    ("://", re.compile(r"(?<=://)[^\s/@]*@"), "…@"),
    ("@", re.compile(r"[^\s@\"'<>()\[\],;:=/]{1,254}@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (
        "_secret_",
        re.compile(r"\b(pi|seti|in|cs|cuss|src)_(\w+?)_secret_\w+"),
        r"\1_\2_secret_…",
    ),
    ("k_", re.compile(r"\b(sk|rk)_(live|test)_\w+"), r"\1_\2_…"),
    ("whsec_", re.compile(r"\bwhsec_\w+"), "whsec_…"),
    (" ", re.compile(r"(?i)\b(bearer|basic) [\w.=:/+-]{8,}"), r"\1 …"),
    # Django's signed values (links, cookies) and Fernet's keys and tokens.
    (":", re.compile(r"(?<![\w.-])[\w.-]+:[0-9A-Za-z]{6}:[\w-]{27,}"), "[signed]"),
    ("gAAAAA", re.compile(r"\bgAAAAA[\w-]{30,}={0,2}"), "[encrypted]"),
    ("=", re.compile(r"(?<![\w+/-])[\w-]{43}=(?!\w)"), "[key]"),
    # The id of an order opens its page; in a path it is an order's, as a rule.
    ("/", re.compile(rf"(?<=/)([0-9a-f]{{8}}){REST_OF_UUID}"), r"\1…"),
    # A query may carry a client secret or a signed link.
    ("?", re.compile(r"(?<=[\w/])\?[^\s\"'>\])]+"), "?…"),
    ("", re.compile(r"(?<![\w-])[2-6](?:[ -]?\d){12,18}(?![\w-])"), _card),
    ("+", re.compile(r"(?<![\w:.])\+\d{1,3}(?:[ .()-]{0,2}\d){7,12}(?!\w)"), "[phone]"),
    ("0", re.compile(r"(?<![\w.-])0[1-9](?:[ .-]?\d{2}){4}(?![\w-])"), "[phone]"),
)


def scrubbed(text: str) -> str:
    for literal, pattern, instead in NETS:
        if literal in text:
            text = pattern.sub(instead, text)
    return text


@lru_cache
def _is_telling(name: str) -> bool:
    return bool(SECRET_NAMES.search(name))


def without_secrets(value: Any, name: str = "") -> Any:
    """The same with secrets and personal data cut out, however deep they are."""
    if name and value and _is_telling(name):
        return CUT
    if isinstance(value, str):
        return scrubbed(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: without_secrets(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [without_secrets(one) for one in value]
    return scrubbed(str(value))
