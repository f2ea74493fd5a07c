"""Where Stripe posts events. What is plainly one comes by webhooks/short_way.py, and
never gets here."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from payments.api.described import SIGNED_EVENT
from payments.api.schemas import EventProblem, EventTaken, Problem
from payments.webhooks.answer_event import answer_event

router = Router(tags=["webhook"])


@router.post(
    "/webhook",
    response={200: EventTaken, 413: Problem, 500: EventProblem, 503: EventProblem},
    openapi_extra=SIGNED_EVENT,
)
def webhook(request: HttpRequest) -> HttpResponse:
    """For Stripe: verified by its signature, acted upon once, answered quickly."""
    return answer_event(request.body, request.headers.get("Stripe-Signature", ""))
