"""What the list of people says beside their names, in few queries for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group

from lumira.accounts.lockout import locked_out
from lumira.accounts.models import TwoFactor, User

NOTED = "_state_in_admin"


@dataclass(slots=True)
class PersonState:
    roles: list[str] = field(default_factory=list)
    has_factor: bool = False
    is_locked_out: bool = False


def note_states(people: Iterable[User]) -> None:
    """Find out the states of all these people; `state_of` then asks no more."""
    rows = list(people)
    states = _states(rows)
    for person in rows:
        person.__dict__[NOTED] = states[person.pk]


def state_of(person: User) -> PersonState:
    if NOTED not in person.__dict__:
        note_states([person])
    state: PersonState = person.__dict__[NOTED]
    return state


def _states(people: list[User]) -> dict[UUID, PersonState]:
    states: dict[UUID, PersonState] = defaultdict(PersonState)
    keys = [person.pk for person in people]
    names: dict[Any, str] = dict(Group.objects.values_list("pk", "name"))
    held = User.groups.through.objects.filter(user_id__in=keys)
    for key, role in held.values_list("user_id", "group_id"):
        states[key].roles.append(names[role])
    factors = TwoFactor.objects.filter(pk__in=keys)
    for key in factors.values_list("pk", flat=True):
        states[key].has_factor = True
    locked = locked_out([person.get_username() for person in people])
    for person in people:
        states[person.pk].is_locked_out = person.get_username() in locked
    return states
