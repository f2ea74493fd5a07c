"""The shop's addresses, and some that are refused in each of the ways there are."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from lumira import urls

handler500 = urls.handler500


def bad(_request: HttpRequest) -> HttpResponse:
    raise BadRequest


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@require_POST
def only_posted(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def too_large(request: HttpRequest) -> HttpResponse:
    """As lumira.body_limit answers, without a large body on its way."""
    return render(request, "413.html", status=413)


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken for the picture")


urlpatterns = [
    *urls.urlpatterns,
    path("broken/400", bad),
    path("broken/403", forbidden),
    path("broken/405", only_posted),
    path("broken/413", too_large),
    path("broken/500", broken),
]
