"""A form at the door or on one's own pages, and where it leads afterwards."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from lumira.accounts.forms import wait_of


def form_page(
    request: HttpRequest, template: str, form: BaseForm, *, title: str, **more: Any
) -> HttpResponse:
    """The page around a form. Who must wait gets 429 and is told how long."""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        # With the page that was asked for, which the next step needs too.
        "app_path": request.get_full_path(),
        **more,
    }
    wait_s = wait_of(form)
    return TemplateResponse(
        request,
        template,
        context,
        status=429 if wait_s else 200,
        headers={"Retry-After": str(wait_s)} if wait_s else None,
    )


def wanted(request: HttpRequest) -> str:
    """The page of ours that somebody asked for before the login, or the first one."""
    return _asked_for(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def with_wanted(request: HttpRequest, name: str) -> str:
    """The address of this view, which remembers the page that was asked for."""
    url = _asked_for(request)
    query = f"?{urlencode({REDIRECT_FIELD_NAME: url})}" if url else ""
    return reverse(name) + query


def _asked_for(request: HttpRequest) -> str:
    given = request.POST.get(REDIRECT_FIELD_NAME, "")
    url = given or request.GET.get(REDIRECT_FIELD_NAME, "")
    # Never another site's: a login must not lead a person away unseen.
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if is_ours else ""
