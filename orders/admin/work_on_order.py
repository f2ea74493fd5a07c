"""The work on one order, as its pages read it: loaded together, asked for by name."""

from django.db.models import Prefetch, prefetch_related_objects

from orders.models import Delivery, ExpertReview, Order, Reading, Validation


def load_work(order: Order) -> Order:
    """Everything these functions need, in a fixed number of queries; without texts."""
    readings = Reading.objects.defer("text").order_by("revision")
    prefetch_related_objects(
        [order],
        "service",
        "expert",
        "holds",
        "events",
        "delivery",
        Prefetch(
            "reviews",
            ExpertReview.objects.order_by("assigned_at").prefetch_related("expert"),
        ),
        Prefetch(
            "readings",
            readings.prefetch_related(
                "author", "attachments", "validations__validator"
            ),
        ),
    )
    return order


def latest_reading(order: Order) -> Reading | None:
    return max(order.readings.all(), key=lambda one: one.revision, default=None)


def decision_on(reading: Reading | None) -> Validation | None:
    """The one validation of this revision, decided or not."""
    return next(iter(reading.validations.all()), None) if reading else None


def delivery_of(order: Order) -> Delivery | None:
    try:
        return order.delivery
    except Delivery.DoesNotExist:
        return None
