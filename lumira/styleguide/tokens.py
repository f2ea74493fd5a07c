"""The tokens of the shop, read from the style sheet itself: there is no second list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SHEET = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"

TOKEN = re.compile(r"^\s*--([a-z0-9-]+):\s*([^;]+);", re.M)
BY_SCHEME = re.compile(r"light-dark\(\s*([^,]+),\s*([^)]+\)?)\s*\)$")
NAMED = re.compile(r"var\(--([a-z0-9-]+)\)")
SCHEMES = ("light", "dark")

# What must be readable on what, and how well (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT, SIGN = 4.5, 3.0
PAIRS = (
    *(
        (text, ground, TEXT)
        for text in ("color-text", "color-text-soft", "color-gold-text")
        for ground in (
            *("color-page", "color-surface", "color-sunken", "color-gold-soft"),
        )
    ),
    *(
        ("color-danger", ground, TEXT)
        for ground in ("color-page", "color-surface", "color-danger-soft")
    ),
    *(
        ("color-success", ground, TEXT)
        for ground in ("color-page", "color-surface", "color-success-soft")
    ),
    ("color-text", "color-danger-soft", TEXT),
    ("color-text", "color-success-soft", TEXT),
    ("color-on-action", "color-action", TEXT),
    ("color-on-action", "color-action-hover", TEXT),
    *(
        (sign, ground, SIGN)
        for sign in ("color-action", "color-line-strong", "color-focus", "color-gold")
        for ground in ("color-page", "color-surface", "color-sunken")
    ),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Something on a ground, in one scheme."""

    text: str
    ground: str
    scheme: str
    ratio: float
    wanted: float

    @property
    def is_readable(self) -> bool:
        return self.ratio >= self.wanted


def tokens() -> dict[str, str]:
    """Name without its dashes -> value as written, in the order of the sheet.

    What it is by default: a value for those who ask for more contrast comes later.
    """
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text(), flags=re.S)
    found: dict[str, str] = {}
    for name, value in TOKEN.findall(sheet):
        found.setdefault(name, value.strip())
    return found


def color(name: str, scheme: str, known: dict[str, str]) -> str:
    """The plain colour (#rrggbb) of a role, by day ("light") or by night ("dark")."""
    value = known[name]
    if both := BY_SCHEME.match(value):
        value = both[1 + SCHEMES.index(scheme)].strip()
    if other := NAMED.fullmatch(value):
        return color(other[1], scheme, known)
    return value


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio of two plain colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs() -> Iterator[Pair]:
    known = tokens()
    for text, ground, wanted in PAIRS:
        for scheme in SCHEMES:
            ratio = contrast(color(text, scheme, known), color(ground, scheme, known))
            yield Pair(text, ground, scheme, round(ratio, 2), wanted)


def _luminance(plain: str) -> float:
    parts = [int(plain[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
