from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumira.limits.limit import TooMany


def too_many_page(
    request: HttpRequest,
    problem: TooMany,
    *,
    order_number: str = "",
    comes_back: bool = False,
) -> HttpResponse:
    """Say when it can be tried again; the page of an order that is kept says so.

    `comes_back`: it asks again by itself when the time has come, without JavaScript.
    """
    context = {
        "problem": problem,
        "order_number": order_number,
        "refresh_s": problem.wait_s if comes_back else None,
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(problem.wait_s)
    response["Cache-Control"] = "no-store"
    return response
