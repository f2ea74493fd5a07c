"""What everybody of the staff manages for themselves: second factor and password."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lumira.accounts import signing_in, two_factor
from lumira.accounts.forms import OwnPasswordForm, PasswordForm
from lumira.accounts.models import RecoveryCode, TwoFactor, User
from lumira.accounts.views.enrolment import codes_page, enrolment_answer
from lumira.accounts.views.form_page import form_page
from lumira.audit.recording import record
from lumira.kit.db import transactional

a_form = require_http_methods(["GET", "HEAD", "POST"])


@a_form
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """What one's factor is; a POST with the password renews the recovery codes."""
    person = _person(request)
    factor = TwoFactor.objects.filter(pk=person.pk).first()
    form = PasswordForm(request, person, request.POST or None)
    if factor and form.is_valid():
        codes = two_factor.renew_recovery_codes(person)
        return codes_page(request, codes, go_on=reverse("staff:second_factor"))
    more: dict[str, Any] = {"factor": factor, "is_required": two_factor.is_required()}
    if factor:
        unused = RecoveryCode.objects.filter(two_factor=factor, used_at=None)
        more["codes_left"] = unused.count()
    return form_page(
        request,
        "admin/accounts/second_factor.html",
        form,
        title="Mon second facteur",
        **more,
    )


@a_form
@sensitive_post_parameters()
def enrolment(request: HttpRequest) -> HttpResponse:
    """Set up a factor, or replace it; every other session of this person ends."""
    person = _person(request)
    return enrolment_answer(
        request,
        person,
        asks_password=True,
        layout="admin/base_site.html",
        then=lambda: signing_in.carry_session_over(request, person),
        go_on=reverse("staff:second_factor"),
    )


@a_form
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    """A new password ends every session, this one too: the next login asks for all."""
    person = _person(request)
    form = OwnPasswordForm(request, person, request.POST or None)
    if form.is_valid():
        _save_password(form, person)
        signing_in.sign_out(request)
        messages.success(request, "Mot de passe modifié. Connectez-vous avec lui.")
        return redirect("admin:login")
    template = "registration/password_change_form.html"
    return form_page(request, template, form, title="Changer le mot de passe")


@transactional
def _save_password(form: OwnPasswordForm, person: User) -> None:
    form.save()
    record("staff.password_changed", by=person.get_username(), about=person)


def _person(request: HttpRequest) -> User:
    """Who is signed in, read again: `request.user` is not quite a User to mypy."""
    return User.objects.get(pk=request.user.pk or "")
