"""The form of a person of the staff, as a browser sends it."""

from typing import Any

from django.contrib.auth.models import Group

from lumira.accounts.models import User
from lumira.accounts.roles import Role

NEW_PASSWORD = "une toute autre phrase"


def role(name: Role) -> Group:
    return Group.objects.get(name=name.value)


def answers_of(person: User, **changes: Any) -> dict[str, Any]:
    """What the form of this person sends when nothing else is touched."""
    answers: dict[str, Any] = {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "is_active": "on",
        "groups": list(person.groups.values_list("pk", flat=True)),
    } | changes
    return {name: value for name, value in answers.items() if value is not None}
