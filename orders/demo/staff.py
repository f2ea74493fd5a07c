"""People of the staff to try each role with. Everybody's password is for all to see."""

from django.contrib.auth.models import Group

from lumira.accounts.models import User
from lumira.accounts.roles import Role
from orders.models import Expert

ADMINISTRATOR = PASSWORD = "admin"  # noqa: S105 (printed for everybody to see)
VALIDATOR = "validateur"
LOGINS = {
    VALIDATOR: (Role.VALIDATOR, "Valérie", "Monnier"),
    "support": (Role.SUPPORT, "Solène", "Baptiste"),
    "finance": (Role.FINANCE, "Franck", "Iliev"),
}


def load_staff() -> None:
    """One who may do everything, one for each role, one for each expert.

    Those who are there keep what they are.
    """
    if not User.objects.filter(username=ADMINISTRATOR).exists():
        User.objects.create_superuser(ADMINISTRATOR, password=PASSWORD)
    for username, (role, first, last) in LOGINS.items():
        if not User.objects.filter(username=username).exists():
            _add(username, role, first, last)
    for expert in Expert.objects.filter(user=None):
        first, _, last = expert.name.partition(" ")
        expert.user = _add(expert.slug, Role.EXPERT, first, last)
        expert.save(update_fields=["user"])


def _add(username: str, role: Role, first: str, last: str) -> User:
    user = User.objects.create_user(
        username,
        email=f"{username}@example.org",
        password=PASSWORD,
        first_name=first,
        last_name=last,
        is_staff=True,
    )
    user.groups.add(Group.objects.get(name=role.value))
    return user
