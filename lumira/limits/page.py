from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumira.limits.limit import TooMany


def too_many_page(
    request: HttpRequest,
    problem: TooMany,
    *,
    order_number: str = "",
    again_here: bool = False,
) -> HttpResponse:
    """Say when it can be tried again; the page of an order that is kept says so.

    `again_here`: it leads back to its own address, for when the time has come. Never by
    itself: who reads slowly would lose the page (WCAG 2.2.1).
    """
    context = {
        "problem": problem,
        "order_number": order_number,
        "again_here": again_here,
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(problem.wait_s)
    response["Cache-Control"] = "no-store"
    return response
