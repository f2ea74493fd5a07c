"""The pages that only show: home, and experts' portraits."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orders.models import Expert, Service


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    experts = Expert.objects.filter(is_active=True)
    context = {
        "services": Service.objects.on_sale(),
        "experts": experts.prefetch_related("offers__service"),
    }
    return render(request, "home.html", context)


@require_safe
def expert_photo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The portrait, out of the private storage."""
    expert = Expert.objects.filter(slug=slug, is_active=True).first()
    if expert is None or not expert.photo:
        raise Http404
    try:
        response = FileResponse(expert.photo.open("rb"))
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=3600"
    return response
