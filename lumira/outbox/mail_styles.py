"""What mails look like: templates/emails/*.css, written into each element.

Many mail programs drop a stylesheet or know no variables, so neither is left: colours
are filled in, rules become style attributes. What only a stylesheet can say (dark,
narrow) stays one, for those who read it.
"""

import re
from functools import lru_cache

from css_inline import CSSInliner
from django.template.loader import render_to_string

ROOT = re.compile(r":root\s*{([^}]*)}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# It reads no file and asks no server.
_inliner = CSSInliner(
    keep_at_rules=True, minify_css=True, load_remote_stylesheets=False
)


def styles() -> str:
    """The stylesheet with its colours filled in."""
    files = ("emails/mail.css", "emails/mail-screens.css")
    return _filled_in("".join(render_to_string(file) for file in files))


def inlined(html: str) -> str:
    """This page with the rules of its <style> in its elements."""
    return _inliner.inline(html)


@lru_cache(maxsize=1)
def _filled_in(source: str) -> str:
    """Raises KeyError for a colour that :root does not name."""
    source = COMMENT.sub("", source)
    named = dict(re.findall(r"--([\w-]+):\s*([^;]+);", source))
    rules = " ".join(ROOT.sub("", source).split())
    return re.sub(r"var\(--([\w-]+)\)", lambda found: named[found[1]], rules)
