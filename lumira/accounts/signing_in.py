"""From the right password to a session, and what a session is worth.

Nobody is logged in before the last question is answered: until then the session
only remembers who gave the right password. So no page, file or JSON needs to know
that a second factor exists.
"""

import time
from collections.abc import Callable

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from lumira.accounts import two_factor
from lumira.accounts.lockout import forget_failures
from lumira.accounts.models import User
from lumira.audit.recording import record
from lumira.kit.db import transactional

Answer = Callable[[HttpRequest], HttpResponseBase]

HALFWAY = "lumira_halfway"
HALFWAY_LIFETIME_S = 15 * 60
# Holds the session hash of the moment the second factor was shown.
MARK = "lumira_second_factor"
WITHOUT = "aucun"


def go_halfway(request: HttpRequest, person: User) -> None:
    """The password was right: remember that in a new session, logged in as nobody."""
    request.session.flush()
    request.session[HALFWAY] = {
        "person": person.pk.hex,
        "hash": person.get_session_auth_hash(),
        "at": int(time.time()),
    }


def halfway_person(request: HttpRequest) -> User | None:
    """Who gave the right password in this session within a quarter of an hour.

    None as soon as that password changed, or the person was deactivated.
    """
    halfway = request.session.get(HALFWAY)
    if not halfway or time.time() > halfway["at"] + HALFWAY_LIFETIME_S:
        return None
    person = User.objects.filter(
        pk=halfway["person"], is_active=True, is_staff=True
    ).first()
    if person is None or not constant_time_compare(
        person.get_session_auth_hash(), halfway["hash"]
    ):
        return None
    return person


def sign_in(request: HttpRequest, person: User, *, second_factor: str) -> None:
    """Every question is answered: log in, under a new session key.

    `second_factor` says which one it was, or WITHOUT.
    """
    _record("staff.signed_in", person, second_factor)
    # Nothing of the halfway session goes on: neither its key nor its content.
    request.session.flush()
    auth.login(request, person)
    forget_failures(person.get_username())
    if second_factor != WITHOUT:
        request.session[MARK] = person.get_session_auth_hash()


def carry_session_over(request: HttpRequest, person: User) -> None:
    """After `end_sessions` of one's own: this session goes on, under a new key.

    Only for who has just set up a factor: the session counts as signed in with it.
    """
    auth.update_session_auth_hash(request, person)
    request.session[MARK] = person.get_session_auth_hash()


def sign_out(request: HttpRequest) -> None:
    if isinstance(request.user, User):
        _record("staff.signed_out", request.user)
    auth.logout(request)


def whole_logins_only(get_response: Answer) -> Answer:
    """Middleware: `request.user` is only ever who answered everything that was asked.

    Behind AuthenticationMiddleware. It turns away sessions that began before a
    second factor was required, and those whose password changed since it was shown.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        claimed = request.user

        def checked() -> User | AnonymousUser:
            if claimed.is_authenticated and _is_whole(request.session):
                return claimed
            return AnonymousUser()

        request.user = SimpleLazyObject(checked)  # type: ignore[assignment]
        return get_response(request)

    return middleware


def second_factor_hint(request: HttpRequest) -> str:
    """What the account menu calls the page of one's second factor."""
    if MARK in request.session:
        return "Mon second facteur"
    return "Activer le second facteur"


def _is_whole(session: SessionBase) -> bool:
    mark = session.get(MARK)
    if mark is None:
        # With a factor of one's own no session begins without it: `sign_in`.
        return not two_factor.is_required()
    return constant_time_compare(mark, session.get(auth.HASH_SESSION_KEY, ""))


@transactional
def _record(action: str, person: User, second_factor: str = "") -> None:
    after = {"second_factor": second_factor} if second_factor else None
    record(action, by=person.get_username(), about=person, after=after)
