"""What Stripe hears of an event: 400 not Stripe, 500 send it again, 200 done."""

import logging

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from payments.gateway import InvalidWebhook, gateway
from payments.metrics.counters import BAD_SIGNATURE, UNKNOWN, event_turned_away
from payments.webhooks import inbox

logger = logging.getLogger(__name__)


def answer_event(body: bytes, signature: str) -> HttpResponse:
    """Verify it, act upon it once, and answer. 503 while no secret is set."""
    if not settings.STRIPE_WEBHOOK_SECRETS:
        logger.error("STRIPE_WEBHOOK_SECRET is not set: an event was turned away")
        return JsonResponse({"error": "webhook_not_configured"}, status=503)
    try:
        event = gateway().read_webhook(body, signature)
    except InvalidWebhook as problem:
        logger.warning("Webhook refused: %s", problem)
        event_turned_away(UNKNOWN, BAD_SIGNATURE)
        return HttpResponse(
            "Webhook signature verification failed.",
            status=400,
            content_type="text/plain",
        )
    try:
        is_new = inbox.receive(event)
    except Exception as error:  # whatever it was, Stripe must send it again
        logger.error("Event %s failed: %s", event.event_id, type(error).__name__)
        return JsonResponse({"error": "event_failed"}, status=500)
    answer = {"received": True} if is_new else {"received": True, "duplicate": True}
    return JsonResponse(answer)
