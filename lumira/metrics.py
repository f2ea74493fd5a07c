"""/metrics, for Prometheus: what all processes counted, and how things stand now."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import Metric

from lumira.kit.metrics.counting import counted
from lumira.kit.metrics.measuring import Measured
from lumira.outbox.measures import measure_outbox
from lumira.worker_life import measure_queue
from payments.metrics import measures

MEASURED = Measured(
    {
        "attempts": measures.measure_attempts,
        "collected": measures.measure_collected,
        "events": measures.measure_events,
        "reconcile": measures.measure_reconcile,
        "disputes": measures.measure_disputes,
        "subscriptions": measures.measure_subscriptions,
        "outbox": measure_outbox,
        "queue": measure_queue,
        "thresholds": measures.measure_thresholds,
        "alarms": measures.measure_alarms,
    }
)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers about the shop, nobody's name. 401 without the token.

    Where no token is set the page does not exist, except in development.
    """
    if settings.METRICS_TOKEN:
        if not _shows(request, settings.METRICS_TOKEN):
            refused = HttpResponse("A token is needed.\n", status=401)
            refused["WWW-Authenticate"] = "Bearer"
            return refused
    elif settings.ENVIRONMENT != "development":
        raise Http404
    return HttpResponse(generate_latest(_Everything()), CONTENT_TYPE_LATEST)


def _shows(request: HttpRequest, token: str) -> bool:
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    return kind.lower() == "bearer" and constant_time_compare(shown.strip(), token)


class _Everything:
    def collect(self) -> Iterable[Metric]:
        yield from counted().collect()
        yield from MEASURED.collect(cache_s=settings.MEASURES_CACHE_S)
