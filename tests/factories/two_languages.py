"""A catalogue of which every text is known in both languages."""

from dataclasses import dataclass

from orders.models import Expert, Service
from tests.factories.catalogue import make_expert, make_service
from tests.factories.subscriptions import make_monthly_service

# What stands on pages, a list's lines one by one.
FRENCH = (
    *("Consultation Premium", "Ce qui se joue.", "Une heure", "Un texte"),
    *("Accompagnement Intégral", "Vingt ans.", "Ensuite.", "Transitions de vie"),
)
ENGLISH = (
    *("Premium Consultation", "What is at play.", "One hour", "One text"),
    *("Integral Journey", "Twenty years.", "Then.", "Life transitions"),
)
SERVICE_ENGLISH = {
    "name_en": "Premium Consultation",
    "description_en": "What is at play.",
    "features_en": ["One hour", "One text"],
}
EXPERT_ENGLISH = {
    "bio_en": "Twenty years.\n\nThen.",
    "specialities_en": ["Life transitions"],
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    premium: Service
    monthly: Service
    camille: Expert


def make_catalogue(*, has_english: bool) -> Catalogue:
    """Premium and a subscription, both offered by Camille."""
    premium = make_service(
        description="Ce qui se joue.",
        features=["Une heure", "Un texte"],
        **SERVICE_ENGLISH if has_english else {},
    )
    name = {"name_en": "Integral Journey"} if has_english else {}
    monthly = make_monthly_service(**name)
    camille = make_expert(
        *(premium, monthly),
        slug="camille",
        bio="Vingt ans.\n\nEnsuite.",
        specialities=["Transitions de vie"],
        **EXPERT_ENGLISH if has_english else {},
    )
    return Catalogue(premium, monthly, camille)


def found_in(page: str, texts: tuple[str, ...]) -> set[str]:
    return {text for text in texts if text in page}
