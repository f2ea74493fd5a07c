"""What is asked at the door. Every look at a password or a code is counted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from unfold.forms import AdminOwnPasswordChangeForm, AuthenticationForm
from unfold.widgets import BASE_INPUT_CLASSES

from lumira.accounts.lockout import Attempt, LockedOut, begin_attempt
from lumira.accounts.models import User
from lumira.accounts.two_factor import WrongCode, use_code

LOCKED = "locked"
INPUT = " ".join(BASE_INPUT_CLASSES)


def wait_of(form: forms.BaseForm) -> int:
    """The seconds that the form asks to wait; 0 if it says something else."""
    found = [error for errors in form.errors.as_data().values() for error in errors]
    waits = [error.params for error in found if error.code == LOCKED]
    return max((params["wait_s"] for params in waits if params), default=0)


class SignInForm(AuthenticationForm):  # type: ignore[misc]  # unfold has no types
    """Name and password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": (
            "Ce nom et ce mot de passe n’ouvrent pas les coulisses. "
            "Attention aux majuscules et aux minuscules."
        ),
    }

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return dict(self.cleaned_data)
        attempt = _begin(self.request, username)
        try:
            answers: dict[str, Any] = super().clean()
        except ValidationError:
            attempt.failed()
            raise
        attempt.was_right()
        return answers


class CodeForm(forms.Form):
    """A code of the second factor; once valid, `shown` says of which kind."""

    code = forms.CharField(
        label="Code à 6 chiffres",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": f"{INPUT} tracking-widest",
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def __init__(self, request: HttpRequest, person: User, *args: Any) -> None:
        super().__init__(*args)
        self.request = request
        self.person = person
        self.shown = ""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        attempt = _begin(self.request, self.person.get_username())
        try:
            self.shown = use_code(self.person, code)
        except WrongCode as wrong:
            attempt.failed()
            raise ValidationError(str(wrong)) from None
        attempt.was_right()
        return code


class PasswordForm(forms.Form):
    """One's own password, asked again before something that matters."""

    password = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(
            attrs={"class": INPUT, "autocomplete": "current-password"}
        ),
    )

    def __init__(self, request: HttpRequest, person: User, *args: Any) -> None:
        super().__init__(*args)
        self.request = request
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        attempt = _begin(self.request, self.person.get_username())
        if not self.person.check_password(password):
            attempt.failed()
            raise ValidationError("Ce n’est pas votre mot de passe.")
        attempt.was_right()
        return password


class EnrolForm(PasswordForm):
    """The first code of a new factor, and the password unless it was just given.

    The code is checked by the view: somebody who reads the secret on the page
    guesses nothing.
    """

    code = forms.CharField(
        label="Le code à 6 chiffres que l’application affiche",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": f"{INPUT} tracking-widest",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
            }
        ),
    )
    field_order = ["code", "password"]

    def __init__(
        self, request: HttpRequest, person: User, *args: Any, asks_password: bool
    ) -> None:
        super().__init__(request, person, *args)
        if not asks_password:
            del self.fields["password"]


class OwnPasswordForm(AdminOwnPasswordChangeForm):  # type: ignore[misc]  # as above
    """A new password for oneself; Django's validators judge it."""

    def __init__(self, request: HttpRequest, person: User, *args: Any) -> None:
        super().__init__(person, *args)
        self.request = request

    def clean_old_password(self) -> str:
        attempt = _begin(self.request, self.user.get_username())
        try:
            password: str = super().clean_old_password()
        except ValidationError:
            attempt.failed()
            raise
        attempt.was_right()
        return password


def _begin(request: HttpRequest, username: str) -> Attempt:
    """`begin_attempt`, whose refusal is an error of the form."""
    try:
        return begin_attempt(request, username)
    except LockedOut as refused:
        params = {"wait_s": int(refused.wait.total_seconds()) + 1}
        raise ValidationError(str(refused), code=LOCKED, params=params) from None
