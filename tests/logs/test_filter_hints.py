"""Most texts have none of the literals that the nets look for, and are not searched:
exactly the same is cut out as if each net were tried on each text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lumira.kit.log_filter import NETS, scrubbed

same_in_every_run = settings(derandomize=True, database=None, deadline=None)

# What secrets, numbers and addresses are made of, whole and in halves, and what looks
# like it to a net that knows no case or takes any alphabet's digits.
PIECES = (
    *("pi", "seti", "cs", "sk", "rk", "whsec", "_", "secret", "_secret_", "live"),
    *("test", "x7", "Bearer", "basic", "BASİC", "baſic", "bearer", "abc.def-1"),
    *(" ", "\u00a0", "\n", ".", "-", ":", "://", "/", "?", "=", "==", "+", "(", ")"),
    *("@", "a", "B", "0", "06", "12", "34 56 78", "4242", "4242" * 3, "٠٦", "١٢٣٤"),
    *("0612345678", "4242 4242 4242 4242", "+33 6", "é", "…", "example.org", "<", '"'),
    *("gAAAAA", "ab1CD2", "a" * 27, "b" * 43, "c" * 30, "0f9a1c22"),
    *("-1111-4222-8333-444455556666", "2026-11-23T03:11:30", "LU261123-7K3MWQ"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=9).map("".join)
# The shapes of what our own lines name; most of them no net looks at.
OWN_IDS = (
    r"r[0-9a-f]{16}",
    r"k[0-9a-f]{16}",
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    r"LU\d{6}-[0-9A-Z]{6}",
    r"(evt|pi|ch|re|req|sub|in)_[0-9A-Za-z]{14,28}",
    r"[a-z]{1,12}(_[a-z]{2,10})?(\.[a-z]{2,10}){1,2}",
    r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z",
)


def searched_by_every_net(text: str) -> str:
    for _, pattern, instead in NETS:
        text = pattern.sub(instead, text)
    return text


@pytest.mark.parametrize(("literal", "pattern"), [net[:2] for net in NETS])
@same_in_every_run
@given(data=st.data())
def test_what_a_net_catches_has_its_literal(
    literal: str, pattern: re.Pattern[str], data: st.DataObject
) -> None:
    caught = data.draw(st.from_regex(pattern))

    assert literal in caught


@settings(same_in_every_run, max_examples=1_000)
@given(text=texts)
@example("postgres://lumira:pässword@db/lumira?x=" + "a" * 43 + "= +33 6 12 34 56 78")
@example("Basİc abcdefgh")
def test_nothing_that_was_cut_out_gets_through(text: str) -> None:
    assert scrubbed(text) == searched_by_every_net(text)


@pytest.mark.parametrize("shape", OWN_IDS)
@same_in_every_run
@given(data=st.data())
def test_our_own_ids_stay(shape: str, data: st.DataObject) -> None:
    own = data.draw(
        st.from_regex(shape, fullmatch=True, alphabet=st.characters(codec="ascii"))
    )

    assert scrubbed(own) == own
