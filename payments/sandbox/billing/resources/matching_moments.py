"""Filters of lists by a moment: `current_period_end[gte]=5`, or exactly 5."""

from payments.sandbox.store import Json


def is_within(moment: int | None, asked: int | Json | None) -> bool:
    """Whether the moment is what a list was asked for; nothing asked is anything."""
    if asked is None:
        return True
    if moment is None:
        return False
    if isinstance(asked, int):
        return moment == asked
    return bool(
        moment > asked.get("gt", -1)
        and moment >= asked.get("gte", 0)
        and moment < asked.get("lt", float("inf"))
        and moment <= asked.get("lte", float("inf"))
    )
