"""How a JSON control reads its request and writes its answer."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from payments.sandbox.errors import ApiError
from payments.sandbox.store import Json

View = Callable[..., JsonResponse]


class Unusable(Exception):
    """The control was asked for something that it cannot do."""


def control(*methods: str) -> Callable[[Callable[..., Any]], View]:
    """A view that takes the request's JSON as `asked` and answers with what it returns.

    No authentication and no CSRF check: the sandbox holds nothing worth having.
    """

    def decorate(function: Callable[..., Any]) -> View:
        @csrf_exempt
        @wraps(function)
        def view(request: HttpRequest, **path: str) -> JsonResponse:
            if request.method not in methods:
                problem = f"{request.method} is not for this address."
                return JsonResponse({"error": problem}, status=405)
            try:
                answer = function(request, _asked(request), **path)
            except Unusable as problem:
                return JsonResponse({"error": str(problem)}, status=400)
            except ApiError as error:
                return JsonResponse(error.body, status=error.status)
            # Layout costs more than all the rest: only for who looks at it.
            by_person = "text/html" in request.headers.get("Accept", "")
            layout = {"indent": 2} if by_person else {}
            return JsonResponse(answer, safe=False, json_dumps_params=layout)

        return view

    return decorate


def _asked(request: HttpRequest) -> Json:
    if request.method in ("GET", "DELETE"):
        return dict(request.GET.items())
    if not request.body:
        return {}
    if request.content_type == "application/x-www-form-urlencoded":
        return dict(request.POST.items())
    try:
        asked = json.loads(request.body)
    except ValueError as problem:
        raise Unusable("The body is not JSON.") from problem
    if not isinstance(asked, dict):
        raise Unusable("The body is not a JSON object.")
    return asked
