"""What can be ordered today, and what the address of the form asks for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orders.models import Expert, Service
from orders.shop_window import active_experts


@dataclass(frozen=True, slots=True)
class Choices:
    """Services that somebody offers, experts who offer one: no choice leads nowhere."""

    services: list[Service]
    experts: list[Expert]


@dataclass(frozen=True, slots=True)
class Preselected:
    """Slugs, or nothing; and a kind word if the address asked for what is not there."""

    service: str = ""
    expert: str = ""
    notice: str = ""


def todays_choices() -> Choices:
    """Three queries, however long the catalogue."""
    experts = [expert for expert in active_experts() if expert.offered_services]
    offered = {
        service.pk: service for expert in experts for service in expert.offered_services
    }
    services = sorted(offered.values(), key=lambda one: (one.position, one.slug))
    return Choices(services, experts)


def preselect(choices: Choices, *, service_slug: str, expert_slug: str) -> Preselected:
    """What ?service=…&expert=… means today. An old link is nobody's mistake."""
    service = next((one for one in choices.services if one.slug == service_slug), None)
    expert = next((one for one in choices.experts if one.slug == expert_slug), None)
    notices = []
    if service_slug and not service:
        notices.append(
            _(
                "La consultation de ce lien n’est plus proposée : "
                "choisissez-en une autre."
            )
        )
    if expert_slug and not expert:
        notices.append(
            _(
                "L’expert de ce lien ne consulte pas en ce moment : "
                "choisissez-en un autre."
            )
        )
    if service and expert and service not in expert.offered_services:
        notices.append(
            _(
                "%(expert)s ne propose pas « %(service)s » : "
                "choisissez une consultation."
            )
            % {"expert": expert, "service": service.shown_name}
        )
        service = None
    return Preselected(
        service=service.slug if service else "",
        expert=expert.slug if expert else "",
        notice=" ".join(notices),
    )
