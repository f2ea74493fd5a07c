"""A body without what differs from one to the next: ids and numbers."""

import json
import re
from typing import Any

# Random text of some length behind a prefix. A word of Stripe's has no digit and no
# capital that long, so that two words never become the same.
_ID = re.compile(
    r'"(?:[a-z]+_)?(?=[a-z]*[0-9A-Z])[A-Za-z0-9]{14,}(?:_secret_[A-Za-z0-9]+)?"'
)
_NUMBER = re.compile(r"(?<=[ \[])-?\d+(?=[,\]}])")


def normal_form(body: Any) -> str:
    """Equal for bodies with the same fields, types and words."""
    return _NUMBER.sub("0", _ID.sub('"id"', json.dumps(body, sort_keys=True)))
