"""The door between Django and the API."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from payments.sandbox.api.answer import Api
from payments.sandbox.api.messages import Request
from payments.sandbox.ids import random_text
from payments.sandbox.resources import INCLUDED, ROUTES
from payments.sandbox.transaction import Change

_API = Api(ROUTES, INCLUDED)
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Expose-Headers": (
        "Request-Id, Stripe-Manage-Version, Stripe-Version, Idempotent-Replayed"
    ),
    "Access-Control-Max-Age": "300",
}


class _Told(HttpResponse):
    """Releases its change once the server has sent the answer."""

    change = Change()

    def close(self) -> None:
        super().close()
        self.change.release()


@csrf_exempt
def api(request: HttpRequest, path: str) -> HttpResponse:
    """Any call under /v1/."""
    if request.method == "OPTIONS":
        return HttpResponse(status=200, headers=_CORS)
    answer = _API.answer(_read(request, f"/v1/{path}"))
    response = _Told(answer.body, answer.content_type, answer.status or 500)
    response.change = answer.change
    for name, value in {**_CORS, **answer.headers}.items():
        response[name] = value
    return response


def _read(request: HttpRequest, path: str) -> Request:
    in_query = request.method in ("GET", "DELETE")
    query = request.META.get("QUERY_STRING", "")
    body = request.body.decode("utf-8", "replace")
    return Request(
        id=f"req_{random_text(14)}",
        method=request.method or "",
        path=path,
        form=query if in_query else body,
        headers={name.lower(): value for name, value in request.headers.items()},
        origin=f"{request.scheme}://{request.get_host()}",
        connection=request.META["sandbox.connection"],
    )
