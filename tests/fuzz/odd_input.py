"""What no person types, for Hypothesis to choose from."""

import json
from typing import Any

from hypothesis import strategies as st

ODD_TEXTS = (
    *("", " ", "\x00", "a\x00b", "\x85", "\r\nX-More: 1", "null", "None", "NaN"),
    *("٣", "ﬀ", "İ", "e\u0301" * 40, "\u202e", "\ufeff", "🙂" * 120, "a" * 10_000),
    *("\ud800", "\udfff!", "\U0010ffff"),
    *("%00", "%", "%s", "{}", "{{7*7}}", "${x}", "../../etc/passwd", "<script>", "'--"),
    *("0" * 36, "{00000000-0000-0000-0000-000000000000}", "urn:uuid:" + "0" * 32),
    *("$where", "a.b", "__class__"),
)
ODD_NUMBERS = (
    *(0, -1, -0.0, 1e308, 7900.0, 0.1, True, float("nan"), float("inf")),
    *(2**31, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**40),
)
ENCODINGS = ("utf-8-sig", "utf-16", "utf-32", "utf-7")
texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=60)
values = st.recursive(
    st.none() | st.sampled_from(ODD_NUMBERS) | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=5,
)


def mostly(
    good: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    return st.integers(0, 3).flatmap(lambda n: odd if n == 3 else good)


def objects(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A JSON object with some of these members, each now and then something odd."""
    return st.fixed_dictionaries(
        {}, optional={name: mostly(good, values) for name, good in members.items()}
    )


def bodies(objects: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    """These objects as JSON; or nearly, or in another encoding, or twice, or cut."""
    written = objects.map(json.dumps)
    right = written.map(str.encode)
    odd = st.one_of(
        st.builds(str.encode, written, st.sampled_from(ENCODINGS)),
        st.builds(lambda one, two: one[:-1] + b", " + two[1:], right, right),
        st.builds(lambda body, at: body[: at % (len(body) + 1)], right, st.integers(0)),
        st.builds(_deep, st.sampled_from((10, 200, 900, 5_000, 60_000))),
        st.binary(max_size=40),
        st.sampled_from((b'{"amount": ' + b"9" * 9_000 + b"}", b'{"a": 1e999}')),
    )
    return mostly(right, odd)


def _deep(levels: int) -> bytes:
    inner = b"[" * levels + b"]" * levels
    return b'{"productId": "premium", "metadata": {"level": %s}}' % inner
