from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from lumira.kit.log_context import request_id
from lumira.lone_pages import lone_page

Answer = Callable[[HttpRequest], HttpResponseBase]


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Our own failure, with what finds it in the log.

    Given no request, as Django's own: what makes the context may be what failed.
    """
    return HttpResponse(lone_page("500.html", reference=request_id()), status=500)


def explain_refusals(get_response: Answer) -> Answer:
    """Middleware: a browser that came to an address the wrong way reads why.

    Django's own answer is an empty page. Whoever does not ask for HTML still gets it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_bare = isinstance(response, HttpResponse) and not response.content
        if response.status_code != 405 or not is_bare:
            return response
        if "text/html" not in request.headers.get("Accept", ""):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
