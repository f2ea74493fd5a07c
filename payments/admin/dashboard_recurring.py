"""The dashboard's subscriptions: what they bring in each month as they stand now."""

from django.http import HttpRequest

from lumira.kit.money import money
from payments.admin.dashboard_tile import Tile, list_url
from payments.dashboard.recurring import recurring
from payments.models import Subscription
from payments.status import SubscriptionStatus

HINT = (
    "Ce que les abonnements en cours rapportent par mois, à ce jour, quelle que soit "
    "la période choisie ; un abonnement annuel compte pour un douzième. Ceux dont "
    "un paiement est en retard et ceux qui s’arrêtent à l’échéance ne comptent pas."
)


def recurring_tiles(request: HttpRequest) -> list[Tile]:
    """One for each currency; none for who may not see subscriptions, or without any."""
    if not request.user.has_perm("payments.view_subscription"):
        return []
    found = recurring()
    return [
        Tile(
            f"Récurrent par mois, en {one.currency.upper()}"
            if len(found) > 1
            else "Récurrent par mois",
            money(one.monthly, one.currency),
            list_url(
                request,
                Subscription,
                status__exact=SubscriptionStatus.ACTIVE,
                stops_at_period_end__exact="0",
                currency=one.currency,
            ),
            f"{one.subscriptions} abonnement{'s' if one.subscriptions > 1 else ''}",
            hint=HINT,
        )
        for one in found
    ]
