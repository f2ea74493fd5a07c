"""Whom a letter greets that its reader may not have asked for.

Anybody can type anybody's address, and anything for a name: the shop lends its voice
to no stranger's text, and to no link.
"""

import re
from unicodedata import category

LONGEST = 80
BESIDES_LETTERS = frozenset(" \u00a0'’.-")
# As in "evil.example": a mail program makes a link of it.
LIKE_AN_ADDRESS = re.compile(r"\.\S")


def name_to_greet(name: str) -> str:
    """The name, if it looks like a person's; else "", and the letter greets nobody."""
    is_name = (
        len(name) <= LONGEST
        and all(sign in BESIDES_LETTERS or category(sign)[0] in "LM" for sign in name)
        and not LIKE_AN_ADDRESS.search(name)
    )
    return name if is_name else ""
