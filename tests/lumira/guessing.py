"""Attempts to sign in that were wrong, and what became of the name."""

from datetime import timedelta

from django.test import RequestFactory

from lumira.accounts.lockout import LockedOut, begin_attempt
from lumira.accounts.models import LoginAttempts


def fail(
    username: str = "claire", *, times: int = 1, address: str = "192.0.2.1"
) -> None:
    for _time in range(times):
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        begin_attempt(request, username).failed()


def is_locked(username: str = "claire", *, address: str = "192.0.2.1") -> bool:
    """Asked without leaving a trace: an attempt that is right."""
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    try:
        begin_attempt(request, username).was_right()
    except LockedOut:
        return True
    return False


def later(wait: timedelta) -> None:
    """The same as if this much time had gone by."""
    for row in LoginAttempts.objects.all():
        rows = LoginAttempts.objects.filter(pk=row.pk)
        rows.update(last_at=row.last_at - wait)
