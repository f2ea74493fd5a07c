from collections.abc import Iterable

from django.db.models import Count, Min
from django.utils.timezone import now
from prometheus_client.core import Metric

from lumira.kit.metrics.measuring import gauge
from lumira.outbox.models import GIVEN_UP, WAITING, Message


def measure_outbox() -> Iterable[Metric]:
    """One query, which reads the unsent messages only."""
    found = Message.objects.filter(sent_at=None).aggregate(
        waiting=Count("pk", filter=WAITING),
        dead=Count("pk", filter=GIVEN_UP),
        oldest=Min("created_at", filter=WAITING),
    )
    oldest = found["oldest"]
    yield gauge(
        "lumira_outbox_waiting", "Messages that are not sent yet.", found["waiting"]
    )
    yield gauge(
        "lumira_outbox_oldest_waiting_seconds",
        "Age of the oldest message that is not sent yet; 0 if there is none.",
        (now() - oldest).total_seconds() if oldest else 0,
    )
    yield gauge(
        "lumira_outbox_dead", "Messages that were tried and given up.", found["dead"]
    )
