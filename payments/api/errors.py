"""Every error of the API as JSON: {"error": code, "message": text for the person}."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from lumira.limits.limit import TooMany


class ApiError(Exception):
    """An answer that is not a success. `extra` is added to the JSON."""

    def __init__(self, status: int, error: str, message: str, **extra: Any) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "message": message, **extra}


def unknown_order() -> ApiError:
    return ApiError(404, "unknown_order", _("Cette commande n’existe pas."))


def payment_unavailable(order_id: str) -> ApiError:
    """Stripe did not answer; the order is kept."""
    message = _(
        "Le service de paiement ne répond pas. Votre commande est conservée : "
        "réessayez dans un instant."
    )
    return ApiError(503, "payment_unavailable", message, orderId=order_id)


def too_many(problem: TooMany, **extra: Any) -> ApiError:
    """Nothing was done. `retryAfter` is in seconds, and in the header too."""
    return ApiError(
        429,
        "too_many_requests",
        problem.message,
        retryAfter=problem.wait_s,
        **extra,
    )


def answer(request: HttpRequest, error: ApiError) -> HttpResponse:
    response = JsonResponse(error.body, status=error.status)
    if wait_s := error.body.get("retryAfter"):
        response["Retry-After"] = str(wait_s)
    return response


def invalid_json(request: HttpRequest) -> HttpResponse:
    message = _("Le corps de la requête n’est pas un objet JSON.")
    return answer(request, ApiError(400, "invalid_json", message))


def too_large(request: HttpRequest) -> HttpResponse:
    message = _("Le corps de la requête dépasse un mégaoctet.")
    return answer(request, ApiError(413, "payload_too_large", message))


def invalid_fields(
    request: HttpRequest, problems: list[dict[str, Any]]
) -> HttpResponse:
    """Names the fields and the rules, never the values: those may be personal."""
    fields = sorted({_field(problem["loc"]) for problem in problems} - {""})
    if not fields:
        return invalid_json(request)
    message = _("Champs manquants ou mal formés : %(fields)s.") % {
        "fields": ", ".join(fields)
    }
    return answer(request, ApiError(400, "invalid_request", message, fields=fields))


def _field(location: Sequence[str | int]) -> str:
    """("body", "wanted", "amount") -> amount; "" when it is the body as a whole."""
    return str(location[2]) if len(location) > 2 else ""
