"""Remember for a while whom an order came from."""

from django.conf import settings
from django.utils.timezone import now

from lumira.kit.prepared_writes import insert
from lumira.limits.models import Origin
from lumira.limits.subjects import Subjects, Who, hashed

NOTED = (Who.NETWORK, Who.PERSON)


def note_origin(order_id: str, sender: Subjects) -> None:
    """The network, or whoever has proven who they are. A repeat changes nothing."""
    if not settings.LIMITS_ON:
        return
    for who in NOTED:
        if who in sender:
            Origin.objects.get_or_create(
                key=_key(order_id, who),
                defaults={"subject": sender[who], "noted_at": now()},
            )


def note_new(order_id: str, sender: Subjects) -> None:
    """The same in the transaction that saves the order: nothing is noted yet."""
    if not settings.LIMITS_ON:
        return
    for who in NOTED:
        if who in sender:
            row = Origin(key=_key(order_id, who), subject=sender[who], noted_at=now())
            insert(row)


def origin_of(order_id: str) -> Subjects:
    """What was noted; empty when nothing is known (any more)."""
    keys = {_key(order_id, who): who for who in NOTED}
    found = Origin.objects.in_bulk(list(keys))
    return {keys[key]: row.subject for key, row in found.items()}


def _key(order_id: str, who: Who) -> str:
    return f"{who}:{hashed(Who.ORDER, order_id)}"
