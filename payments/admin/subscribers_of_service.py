"""What a service's page says of those who subscribe to it."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from orders.admin.price_notes import PriceNote, add_price_note
from orders.models import Service
from orders.models.service import Billing
from payments.admin.subscription_filters import OLD_PRICE, on_older_prices
from payments.models import Subscription

KEPT = (
    "Un abonné garde le prix auquel il s’est abonné : un nouveau prix ne vaut que "
    "pour les nouveaux abonnés."
)


@add_price_note
def subscribers_keep_theirs(
    service: Service, request: HttpRequest
) -> Iterator[PriceNote]:
    """Two queries, and none for what is not sold by subscription."""
    if service.billing == Billing.ONE_TIME:
        return
    yield PriceNote(KEPT)
    if not request.user.has_perm("payments.view_subscription"):
        return
    number = on_older_prices(Subscription.objects.all(), service).count()
    if number:
        url = reverse("admin:payments_subscription_changelist")
        yield PriceNote(
            f"Abonnés à un autre prix que celui d’aujourd’hui : {number}",
            f"{url}?{urlencode({OLD_PRICE: service.slug})}",
        )
