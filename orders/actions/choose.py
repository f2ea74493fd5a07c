"""Find what somebody wants to buy, and refuse what cannot be bought."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from lumira.kit.prepared import prepared
from orders.models import Expert, Service
from orders.models.service import Billing


class ChoiceRefused(Exception):
    """What was asked for is not on sale like this. One subclass per reason."""


class UnknownExpert(ChoiceRefused):
    """No active expert has this id or slug."""


class UnknownService(ChoiceRefused):
    """No service on sale has this slug."""


class NoServiceAtThisPrice(ChoiceRefused):
    """A bare amount that is not the price of a service this expert offers."""


class NotOfferedByExpert(ChoiceRefused):
    """The expert does not offer this service."""


class AmountDiffers(ChoiceRefused):
    """The catalogue's price is another one."""

    def __init__(self, service: Service) -> None:
        super().__init__(service.slug)
        self.price = service.price
        self.currency = service.currency


@dataclass(frozen=True, slots=True)
class Choice:
    service: Service
    expert: Expert | None


def choose(
    *, service_slug: str = "", expert_id: str = "", amount: int | None = None
) -> Choice:
    """The service and the expert meant by these words. Raises a ChoiceRefused.

    `expert_id` is an id or a slug. `amount` (minor units) never sets the price: it
    must be the catalogue's, and without a service it tells which one is meant: never
    one that is paid every month.
    """
    expert = _expert(expert_id) if expert_id else None
    service = _service(service_slug) if service_slug else _service_at(amount, expert)
    if expert and not expert.offers_service(service):
        raise NotOfferedByExpert(f"{expert.slug} {service.slug}")
    if amount is not None and amount != service.price:
        raise AmountDiffers(service)
    return Choice(service, expert)


def _expert(text: str) -> Expert:
    try:
        wanted = Q(pk=UUID(text))
    except ValueError:
        wanted = Q(slug=text)
    expert = Expert.objects.filter(wanted, is_active=True).first()
    if expert is None:
        raise UnknownExpert(text)
    return expert


def _service(slug: str) -> Service:
    if not (found := _on_sale(slug)):
        raise UnknownService(slug)
    return found[0]


@prepared
def _on_sale(slug: str) -> QuerySet[Service]:
    return Service.objects.on_sale().filter(slug=slug)


def _service_at(amount: int | None, expert: Expert | None) -> Service:
    if amount is None:
        raise UnknownService("")
    priced = list(
        Service.objects.on_sale().filter(price=amount, billing=Billing.ONE_TIME)
    )
    if expert:
        priced = [service for service in priced if expert.offers_service(service)]
    if len(priced) != 1:
        raise NoServiceAtThisPrice(str(amount))
    return priced[0]
