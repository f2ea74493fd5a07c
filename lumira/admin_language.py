from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponseBase]


def admin_in_french(get_response: Answer) -> Answer:
    """Middleware: the admin speaks French, whatever the browser asks for.

    Its labels are written in French and not translated; half of it in another
    language would be worse than one of them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            translation.activate("fr")
            request.LANGUAGE_CODE = "fr"
        return get_response(request)

    return middleware
