"""Who guesses passwords or codes must wait, and longer each time.

An attempt is counted before the password or code is looked at, by a conditional
UPDATE, and taken back when it was right. So guesses sent at the same moment get no
further than guesses sent one by one, whatever process answers them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from lumira.accounts.client_address import client_network
from lumira.accounts.models import LoginAttempts, User
from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.metrics.counting import counter, once_saved

# Failures with less than MEMORY between them.
LIMIT_OF_A_NAME = 5
# An office is one address: five of a colleague's typing errors must not lock all out.
LIMIT_OF_AN_ADDRESS = 20
MEMORY = timedelta(minutes=15)
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=4)
# After this long without an attempt the waits begin small again.
FORGOTTEN_AFTER = timedelta(days=1)

# As the journal shows them.
NAME, ADDRESS = "nom", "adresse"
UNKNOWN = "inconnu"

_locked_out = counter(
    "lumira_logins_locked_out", "Names and networks that had to wait.", "kind"
)
for _kind in ("name", "network"):
    _locked_out.labels(_kind)  # a zero, so that the first one is a change


class LockedOut(Exception):
    """Too many failures. The text is for the person; it is the same for any name."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(1, ceil(wait.total_seconds() / 60))
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(
            f"Trop de tentatives de connexion. Réessayez dans {minutes} {unit}."
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look at a password or a code, already counted as if it were wrong."""

    username: str
    network: str
    fills_name: bool
    fills_address: bool

    def failed(self) -> None:
        """It was wrong. The journal learns of it when this one was the last allowed."""
        if self.fills_name:
            _record_lockout(NAME, self.username)
        if self.fills_address:
            _record_lockout(ADDRESS, self.username)

    def was_right(self) -> None:
        """It was right, though it may not be the last question."""
        _take_back(_key(NAME, self.username))
        _take_back(_key(ADDRESS, self.network))


def begin_attempt(request: HttpRequest, username: str) -> Attempt:
    """Count an attempt before it is looked at. Raises LockedOut."""
    network = client_network(request)
    # The address first: whoever is locked out there does not lock out names.
    fills_address = _count(_key(ADDRESS, network), LIMIT_OF_AN_ADDRESS)
    try:
        fills_name = _count(_key(NAME, username), LIMIT_OF_A_NAME)
    except LockedOut:
        _take_back(_key(ADDRESS, network))
        raise
    return Attempt(username, network, fills_name, fills_address)


def forget_failures(username: str) -> None:
    """This person is signed in: what was wrong before under this name is forgotten.

    Not what was wrong from the address: whoever has one login could reset it at will.
    """
    LoginAttempts.objects.filter(key=_key(NAME, username)).delete()


def locked_out(usernames: Collection[str]) -> set[str]:
    """Those of these names that must wait just now."""
    keys = {_key(NAME, name): name for name in usernames}
    rows = LoginAttempts.objects.filter(key__in=keys, count__gte=LIMIT_OF_A_NAME)
    moment = now()
    return {keys[row.key] for row in rows if _waits_until(row) > moment}


@transactional
def unlock(person: User, *, by: str) -> bool:
    """Let this person try again at once; False when nothing held them up."""
    rows = LoginAttempts.objects.filter(key=_key(NAME, person.get_username()))
    if not rows.delete()[0]:
        return False
    record("staff.unlocked", by=by, about=person)
    return True


def forget_old_attempts(*, dry_run: bool = False) -> int:
    """Delete the rows that decide nothing any more; how many they were."""
    old = LoginAttempts.objects.filter(last_at__lt=now() - FORGOTTEN_AFTER)
    return old.count() if dry_run else old.delete()[0]


def _key(kind: str, value: str) -> str:
    salt = "lumira.accounts.lockout"
    return salted_hmac(salt, f"{kind}:{value}", algorithm="sha256").hexdigest()


def _count(key: str, limit: int) -> bool:
    """Count one more; True when it is the last one allowed. Raises LockedOut."""
    while True:
        moment = now()
        row, _ = LoginAttempts.objects.get_or_create(
            key=key, defaults={"last_at": moment}
        )
        count, lockouts = row.count, row.lockouts
        if count >= limit:
            if moment < _waits_until(row):
                raise LockedOut(_waits_until(row) - moment)
            count, lockouts = 0, lockouts + 1
        elif moment >= row.last_at + MEMORY:
            count = 0
        if moment >= row.last_at + FORGOTTEN_AFTER:
            lockouts = 0
        if _write(row, count=count + 1, lockouts=lockouts, last_at=moment):
            return count + 1 >= limit


def _take_back(key: str) -> None:
    while row := LoginAttempts.objects.filter(key=key, count__gt=0).first():
        if _write(row, count=row.count - 1):
            return


def _write(row: LoginAttempts, **changes: int | datetime) -> bool:
    """False when somebody else wrote since it was read."""
    as_read = LoginAttempts.objects.filter(pk=row.pk, version=row.version)
    return bool(as_read.update(version=row.version + 1, **changes))


def _waits_until(row: LoginAttempts) -> datetime:
    wait: timedelta = min(FIRST_WAIT * 2 ** min(row.lockouts, 10), LONGEST_WAIT)
    return row.last_at + wait


@transactional
def _record_lockout(kind: str, username: str) -> None:
    """By the name only if somebody bears it: people type passwords into that field."""
    known = User.objects.filter(username=username).first()
    by = known.get_username() if known else UNKNOWN
    record("staff.locked_out", by=by, about=known, after={"locked": kind})
    once_saved(_locked_out.labels("name" if kind == NAME else "network").inc)
