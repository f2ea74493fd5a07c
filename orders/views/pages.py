"""The pages that only show: home, and experts' portraits."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orders.catalogue_version import CATALOGUE_PAGES
from orders.linked_data import home_data
from orders.models import Expert
from orders.portraits import portrait_of_width
from orders.questions import QUESTIONS
from orders.shop_window import active_experts, offers_of, starting_offer

YEAR = 365 * 24 * 3600
# As they are asked for; 0 is the photo as it is. No others: each is work and memory.
WHOLE = ""
WIDTHS = {WHOLE: 0} | {str(width): width for width in Expert.PORTRAIT_WIDTHS}


@require_safe
@CATALOGUE_PAGES.same_for_everybody
def home(request: HttpRequest) -> HttpResponse:
    experts = active_experts()
    offers = offers_of(experts)
    context = {
        "offers": offers,
        "experts": experts,
        "starting": starting_offer(offers),
        "questions": QUESTIONS,
        "linked_data": home_data(
            [offer.service for offer in offers if offer.experts], QUESTIONS
        ),
    }
    return render(request, "home.html", context)


@require_safe
def expert_photo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The portrait, out of the private storage; with ?l= in one of our widths."""
    width = WIDTHS.get(request.GET.get("l", WHOLE))
    expert = Expert.objects.filter(slug=slug, is_active=True).first()
    if width is None or expert is None or not expert.photo:
        raise Http404
    try:
        response = _portrait(expert, width)
    except FileNotFoundError:
        raise Http404 from None
    # At an address that names the photo there will never be another one.
    is_named = request.GET.get("v") == expert.portrait_version
    kept = f"public, max-age={YEAR}, immutable" if is_named else "public, max-age=3600"
    response["Cache-Control"] = kept
    return response


def _portrait(expert: Expert, width: int) -> FileResponse | HttpResponse:
    if width and (small := portrait_of_width(expert.photo, width)):
        return HttpResponse(small, content_type="image/webp")
    return FileResponse(expert.photo.open("rb"))
