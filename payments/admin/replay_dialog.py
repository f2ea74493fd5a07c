"""Run one event of Stripe's again: asks first, then says in words what came of it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote, unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from payments.admin.badges import OUTCOMES
from payments.admin.event_words import error_words, event_words
from payments.models import ProcessedEvent
from payments.webhooks.replay import replay_event


def replay_dialog(
    request: HttpRequest, event_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET says what a replay does, POST does it. What was processed is left alone."""
    # PostgreSQL keeps no NUL, and says so with an error instead of "not there".
    event = get_object_or_404(ProcessedEvent, pk=unquote(event_id).replace("\0", ""))
    if request.method == "POST":
        replay_and_tell(request, event.pk)
        return redirect("admin:payments_processedevent_change", quote(event.pk))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"Rejouer : {event_words(event.type)}",
        "event": event,
        "error": error_words(event.last_error),
        "page": quote(event.pk),
        "opts": ProcessedEvent._meta,
    }
    return TemplateResponse(request, "admin/payments/replay.html", context)


def replay_and_tell(request: HttpRequest, event_id: str) -> None:
    """Replay it, and leave a message for this person. Safe to repeat."""
    try:
        is_new = replay_event(event_id, by=request.user.get_username())
    except Exception as error:  # whatever it is, the person is told
        why = error_words(type(error).__name__)
        messages.error(request, f"{event_id} a encore échoué : {why}")
        return
    if not is_new:
        messages.info(request, f"{event_id} était déjà traité : rien n’a changé.")
        return
    outcome = ProcessedEvent.objects.get(pk=event_id).outcome
    said, _colour = OUTCOMES.get(outcome, ("sans autre précision", ""))
    messages.success(request, f"{event_id} traité : {said.lower()}.")
