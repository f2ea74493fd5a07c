from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from lumira.kit.log_context import request_id


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Our own failure, with what finds it in the log.

    Given no request, as Django's own: what makes the context may be what failed.
    """
    page = render_to_string("500.html", {"reference": request_id()})
    return HttpResponse(page, status=500)
