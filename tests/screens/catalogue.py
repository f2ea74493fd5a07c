"""Every page that a customer can meet, in every state that it can be in."""

from tests.screens.states import (
    following,
    mine,
    ordering,
    paying,
    shop,
    subscribing,
    trouble,
    workshop,
)

GROUPS = [
    shop.GROUP,
    ordering.GROUP,
    paying.GROUP,
    following.GROUP,
    mine.GROUP,
    subscribing.GROUP,
    trouble.GROUP,
    workshop.GROUP,
]
STATES = [state for group in GROUPS for state in group.states]
