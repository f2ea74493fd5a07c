"""The way in: name and password, then the second factor if there is one; and out."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lumira.accounts import signing_in, two_factor
from lumira.accounts.forms import CodeForm, SignInForm
from lumira.accounts.models import RecoveryCode, User
from lumira.accounts.views.enrolment import enrolment_answer
from lumira.accounts.views.form_page import form_page, wanted, with_wanted

a_form = require_http_methods(["GET", "HEAD", "POST"])


@a_form
@never_cache
@sensitive_post_parameters()
def login(request: HttpRequest) -> HttpResponse:
    """Name and password. Logs in only when nothing else is to be asked."""
    if request.method != "POST" and admin.site.has_permission(request):
        return redirect("admin:index")
    form = SignInForm(request, request.POST or None)
    if not form.is_valid():
        return form_page(request, "admin/login.html", form, title="Connexion")
    person: User = form.get_user()
    if two_factor.is_enrolled(person):
        signing_in.go_halfway(request, person)
        return redirect(with_wanted(request, "staff:code"))
    if two_factor.is_required():
        signing_in.go_halfway(request, person)
        return redirect(with_wanted(request, "staff:first_enrolment"))
    signing_in.sign_in(request, person, second_factor=signing_in.WITHOUT)
    return redirect(wanted(request))


@a_form
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, or a recovery code."""
    person = signing_in.halfway_person(request)
    if person is None or not two_factor.is_enrolled(person):
        return _from_the_beginning(request)
    form = CodeForm(request, person, request.POST or None)
    if not form.is_valid():
        return form_page(request, "admin/login_code.html", form, title="Second facteur")
    signing_in.sign_in(request, person, second_factor=form.shown)
    if form.shown != two_factor.BY_RECOVERY_CODE:
        return redirect(wanted(request))
    left = RecoveryCode.objects.filter(two_factor=person.pk, used_at=None).count()
    messages.warning(
        request,
        f"Ce code de secours a servi et ne servira plus ; il vous en reste {left}. "
        "Si votre téléphone est perdu, enregistrez-en un autre.",
    )
    return redirect("staff:second_factor")


@a_form
@never_cache
@sensitive_post_parameters()
def first_enrolment(request: HttpRequest) -> HttpResponse:
    """Set up the second factor that is required; that also completes the login."""
    person = signing_in.halfway_person(request)
    # Who has a factor is asked for its code, not given another one.
    if person is None or two_factor.is_enrolled(person):
        return _from_the_beginning(request)
    return enrolment_answer(
        request,
        person,
        asks_password=False,
        layout="unfold/layouts/unauthenticated.html",
        then=lambda: signing_in.sign_in(
            request, person, second_factor=two_factor.BY_PHONE
        ),
        go_on=wanted(request),
    )


@require_POST
@never_cache
def logout(request: HttpRequest) -> HttpResponse:
    """A second click finds nobody to sign out, and changes nothing."""
    signing_in.sign_out(request)
    messages.success(request, "Vous êtes déconnecté. À bientôt.")
    return redirect("admin:login")


def _from_the_beginning(request: HttpRequest) -> HttpResponse:
    if admin.site.has_permission(request):
        return redirect(wanted(request))
    if request.method == "POST":
        messages.info(request, "Trop de temps a passé : reprenez au début.")
    return redirect(with_wanted(request, "admin:login"))
