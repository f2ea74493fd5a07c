"""Closed for a while: a file beside the queue's, which every process here looks for.

A file, because it must be seen while the database or Redis is what is being worked on;
looking for it at each request costs microseconds. Each machine has its own.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from lumira.lone_pages import lone_page

Answer = Callable[[HttpRequest], HttpResponseBase]

# The staff goes on working, and those who watch go on asking.
STAYS_OPEN = ("/admin/", "/healthz", "/readyz", "/metrics")
# Seconds until somebody should ask again when nobody has said, and at the least.
ASK_AGAIN_S, AT_LEAST_S = 300, 30


@dataclass(frozen=True, slots=True)
class Maintenance:
    """That the shop is closed. until: when it should open again, if that was said."""

    until: datetime | None = None

    @property
    def retry_after_s(self) -> int:
        """Said to browsers and to Stripe. Later than promised: soon."""
        if self.until is None:
            return ASK_AGAIN_S
        left_s = (self.until - timezone.now()).total_seconds()
        return max(AT_LEAST_S, round(left_s))


def begin_maintenance(until: datetime | None = None) -> None:
    """Close the shop on this machine. A repeat changes when it should open again."""
    told = json.dumps({"until": until.isoformat() if until else None})
    file = settings.MAINTENANCE_FILE
    # Whole or not at all: a request may be reading it.
    written = file.with_name(f"{file.name}.{os.getpid()}")
    written.write_text(told)
    written.replace(file)


def end_maintenance() -> None:
    """Open it. A repeat changes nothing."""
    settings.MAINTENANCE_FILE.unlink(missing_ok=True)


def maintenance() -> Maintenance | None:
    """None while the shop is open. A file that cannot be read closes it too."""
    try:
        told = settings.MAINTENANCE_FILE.read_text()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return Maintenance()
    try:
        until = datetime.fromisoformat(json.loads(told)["until"])
    except (ValueError, TypeError, KeyError):  # none said, or written by hand
        return Maintenance()
    return Maintenance(until if timezone.is_aware(until) else None)


def close_for_maintenance(get_response: Answer) -> Answer:
    """Middleware: meanwhile the shop, its API and its webhook answer 503.

    The webhook too: what the database takes now may be what a restore throws away.
    Stripe keeps the event and sends it again, and reconcile asks for it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        closed = maintenance()
        if closed is None or request.path_info.startswith(STAYS_OPEN):
            return get_response(request)
        wait_s = closed.retry_after_s
        response: HttpResponse
        if request.path_info.startswith("/api/"):
            message = _(
                "La boutique est fermée pour quelques instants. Rien n’a été débité : "
                "réessayez bientôt."
            )
            response = JsonResponse(
                {"error": "maintenance", "message": message, "retryAfter": wait_s},
                status=503,
            )
        else:
            page = lone_page("maintenance.html", until=closed.until)
            response = HttpResponse(page, status=503)
        response["Retry-After"] = str(wait_s)
        response["Cache-Control"] = "no-store"
        return response

    return middleware
