from datetime import timedelta

from lumira.limits import memory
from lumira.limits.models import Tally


def later(wait: timedelta) -> None:
    """The same as if this much time had gone by for what was counted."""
    for row in Tally.objects.all():
        Tally.objects.filter(pk=row.pk).update(ends_at=row.ends_at - wait)
    memory.forget()
