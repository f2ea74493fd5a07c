from typing import Any

from unfold.forms import UserCreationForm

from lumira.accounts.models import User


class NewPersonForm(UserCreationForm):
    """Name, password and roles in one step."""

    # A person without a password could not come in by any other way.
    usable_password = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")

    def save(self, commit: bool = True) -> Any:
        # Only the staff has accounts.
        self.instance.is_staff = True
        return super().save(commit)
