"""The dialogs that help somebody who cannot sign in: each asks before it acts."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from lumira.accounts import two_factor
from lumira.accounts.lockout import unlock
from lumira.accounts.models import User


def reset_dialog(
    request: HttpRequest, person: User, *, site: AdminSite
) -> HttpResponse:
    """GET says what a reset does, POST does it. Sent twice, it is one reset."""
    if request.method == "POST":
        if two_factor.reset(person, by=request.user.get_username()):
            messages.success(request, f"Second facteur de {person} réinitialisé.")
        else:
            messages.info(request, f"{person} n’a pas de second facteur.")
        return redirect("admin:accounts_user_change", person.pk)
    return _page(
        request,
        person,
        site=site,
        title=f"Réinitialiser le second facteur de {person}",
        sentences=[
            "Assurez-vous d’abord que la demande vient bien de cette personne : "
            "de vive voix, pas par e-mail.",
            "Son téléphone et ses codes de secours ne serviront plus, et ses sessions "
            "prennent fin. Elle se reconnecte avec son mot de passe et enregistre un "
            "nouveau téléphone.",
            "Votre nom est noté dans le journal.",
        ],
        button="Réinitialiser",
        is_dangerous=True,
    )


def unlock_dialog(
    request: HttpRequest, person: User, *, site: AdminSite
) -> HttpResponse:
    """GET says what unlocking does, POST does it. Sent twice, it is one unlocking."""
    if request.method == "POST":
        if unlock(person, by=request.user.get_username()):
            messages.success(request, f"{person} peut de nouveau se connecter.")
        else:
            messages.info(request, f"La connexion de {person} n’était pas bloquée.")
        return redirect("admin:accounts_user_change", person.pk)
    return _page(
        request,
        person,
        site=site,
        title=f"Débloquer la connexion de {person}",
        sentences=[
            "Trop de mots de passe ou de codes faux ont été saisis sous ce nom. Si "
            "cette personne ne s’est pas simplement trompée, quelqu’un d’autre "
            "essaie d’entrer : changez alors son mot de passe.",
            "Elle pourra réessayer tout de suite. Votre nom est noté dans le journal.",
        ],
        button="Débloquer",
    )


def _page(
    request: HttpRequest, person: User, *, site: AdminSite, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {
        **site.each_context(request),
        "person": person,
        "opts": User._meta,
        **more,
    }
    return TemplateResponse(request, "admin/accounts/ask.html", context)
