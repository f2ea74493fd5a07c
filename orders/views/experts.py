"""An expert's own page, and what stands where there is none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from orders.catalogue_version import CATALOGUE_PAGES
from orders.linked_data import expert_data
from orders.shop_window import active_experts, neighbours

# Two rows of them on a desk.
OTHERS = 6


@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """Everybody is on the first page; this address is what is left of a longer one."""
    return redirect(reverse("orders:home") + "#experts")


@require_safe
@CATALOGUE_PAGES.same_for_everybody
def expert(request: HttpRequest, slug: str) -> HttpResponse:
    """Who they are and what they sell. Who is not there leads to those who are."""
    everybody = active_experts()
    shown = next((one for one in everybody if one.slug == slug), None)
    if shown is None:
        leads_to = {"others": everybody[:OTHERS]}
        return render(request, "experts/missing.html", leads_to, status=404)
    services = shown.offered_services
    opening, *more = shown.bio_paragraphs or [""]
    context = {
        "expert": shown,
        "opening": opening,
        "more": more,
        "services": services,
        "others": neighbours(shown, everybody, most=OTHERS),
        "linked_data": expert_data(shown, services),
    }
    return render(request, "experts/expert.html", context)
