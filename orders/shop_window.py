"""What the shop has in its window: who answers, what they sell, from what price."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from orders.models import Expert, Service
from orders.models.service import cheapest


@dataclass(frozen=True, slots=True)
class Offer:
    """A service on sale, and how many experts sell it today."""

    service: Service
    experts: int


def active_experts() -> list[Expert]:
    """By name, each with the services they sell: three queries, however many."""
    experts = Expert.objects.filter(is_active=True)
    return list(experts.prefetch_related("offers__service"))


def offers_of(experts: Iterable[Expert]) -> list[Offer]:
    """Everything on sale, in the order of the catalogue; also what nobody offers."""
    sellers = Counter(
        service.pk for expert in experts for service in expert.offered_services
    )
    return [
        Offer(service, sellers[service.pk]) for service in Service.objects.on_sale()
    ]


def starting_offer(offers: Iterable[Offer]) -> Service | None:
    """What the shop's prices start from: the cheapest that can be ordered."""
    return cheapest([offer.service for offer in offers if offer.experts])


def neighbours(expert: Expert, experts: list[Expert], *, most: int) -> list[Expert]:
    """Others to meet: those who follow by name, then from the start again, so that
    each of them is shown on somebody's page."""
    others = [other for other in experts if other != expert]
    after = [other for other in others if other.name > expert.name]
    before = [other for other in others if other.name <= expert.name]
    return (after + before)[:most]
