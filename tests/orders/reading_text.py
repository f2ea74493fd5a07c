"""A page as a person reads it."""

import re
from html import unescape


def text_of(page: str, *, until: str = "</main>") -> str:
    """The words of its content, one space apart, up to a mark."""
    content = page.partition("<main")[2].partition(until)[0]
    words = unescape(re.sub(r"<[^>]*>", " ", content.partition(">")[2]))
    return " ".join(words.split())
