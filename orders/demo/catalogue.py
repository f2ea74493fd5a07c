"""The four services of the house, and experts to try it with."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from lumira.kit.db import transactional
from orders.models import Expert, Service, ServiceOffer

PORTRAITS = Path(__file__).parent / "portraits"

# Prices in cents, durations in minutes.
SERVICES: list[dict[str, Any]] = [
    {
        "slug": "basic",
        "name": "Consultation Basique",
        "description": "Une question précise, une réponse claire. Pour y voir plus "
        "net sans attendre.",
        "price": 2900,
        "duration": 30,
        "level": 1,
        "features": [
            "Une question, une réponse écrite",
            "Trente minutes de travail de l’expert",
            "Réponse par e-mail",
        ],
    },
    {
        "slug": "premium",
        "name": "Consultation Premium",
        "description": "Votre situation lue dans son ensemble : ce qui se joue, ce "
        "qui résiste, ce qui s’ouvre.",
        "price": 7900,
        "duration": 60,
        "level": 2,
        "features": [
            "Lecture complète de votre situation",
            "Une heure de travail de l’expert",
            "Texte et enregistrement audio",
            "Une question de suivi",
        ],
    },
    {
        "slug": "vip",
        "name": "Consultation VIP",
        "description": "Le temps long : un travail en profondeur sur une étape de "
        "votre vie, relu par un second expert.",
        "price": 14900,
        "duration": 120,
        "level": 3,
        "features": [
            "Étude approfondie, photos comprises",
            "Deux heures de travail de l’expert",
            "Texte, enregistrement audio et synthèse",
            "Trois questions de suivi",
        ],
    },
    {
        "slug": "integral",
        "name": "Accompagnement Intégral",
        "description": "Un rendez-vous par mois avec le même expert, qui suit votre "
        "chemin pas à pas.",
        "price": 9700,
        "duration": 60,
        "level": 4,
        "billing": "month",
        "features": [
            "Une consultation chaque mois",
            "Toujours le même expert",
            "Vos questions entre deux rendez-vous",
            "Sans engagement : vous arrêtez quand vous voulez",
        ],
    },
]

EXPERTS: list[dict[str, Any]] = [
    {
        "slug": "camille-aubry",
        "name": "Camille Aubry",
        "bio": "Vingt ans d’écoute, d’abord comme sage-femme. Camille accompagne "
        "les passages : naissances, séparations, retours à soi.",
        "specialities": ["Transitions de vie", "Famille"],
        "services": ["basic", "premium", "vip", "integral"],
    },
    {
        "slug": "elias-benhamou",
        "name": "Elias Benhamou",
        "bio": "Astrologue et ancien ingénieur. Elias aime les questions précises "
        "et les réponses qui s’appuient sur quelque chose.",
        "specialities": ["Astrologie natale", "Travail"],
        "services": ["basic", "premium"],
    },
    {
        "slug": "ines-carvalho",
        "name": "Inês Carvalho",
        "bio": "Née à Porto, formée à la lecture symbolique. Inês travaille avec les "
        "images que vous lui confiez.",
        "specialities": ["Lecture symbolique", "Création"],
        "services": ["premium", "vip"],
    },
    {
        "slug": "maelle-le-goff",
        "name": "Maëlle Le Goff",
        "bio": "Bretonne, conteuse, lectrice de lignées. Maëlle éclaire ce qui se "
        "transmet et ce dont on peut se délier.",
        "specialities": ["Transmission familiale", "Mémoire"],
        "services": ["premium", "vip", "integral"],
    },
    {
        "slug": "samuel-okoye",
        "name": "Samuel Okoye",
        "bio": "Philosophe de formation. Samuel pose la question derrière la "
        "question, sans jamais décider à votre place.",
        "specialities": ["Décisions", "Sens"],
        "services": ["basic", "premium", "vip"],
    },
    {
        "slug": "thu-linh-nguyen",
        "name": "Thu Linh Nguyen",
        "bio": "Numérologue, ancienne comptable. Thu Linh lit dans les dates le "
        "rythme d’une vie, et le moment d’agir.",
        "specialities": ["Numérologie", "Cycles"],
        "services": ["basic", "premium"],
    },
    {
        "slug": "victor-delmas",
        "name": "Victor Delmas",
        "bio": "Quarante ans de tarot de Marseille, sans folklore. Victor lit "
        "lentement et écrit simplement.",
        "specialities": ["Tarot de Marseille", "Relations"],
        "services": ["basic", "vip", "integral"],
    },
]


def load_services() -> None:
    """Add the services that are missing; those that are there keep their edits."""
    for position, fields in enumerate(SERVICES):
        Service.objects.get_or_create(
            slug=fields["slug"], defaults={**fields, "position": position}
        )


def load_experts() -> None:
    """Add the experts that are missing, with portrait and services."""
    for fields in EXPERTS:
        if not Expert.objects.filter(slug=fields["slug"]).exists():
            _add_expert(dict(fields))


@transactional
def _add_expert(fields: dict[str, Any]) -> None:
    offered = fields.pop("services")
    expert = Expert(**fields)
    portrait = PORTRAITS / f"{expert.slug}.webp"
    expert.photo.save(portrait.name, ContentFile(portrait.read_bytes()), save=False)
    expert.save(force_insert=True)
    for service in Service.objects.filter(slug__in=offered):
        ServiceOffer.objects.create(expert=expert, service=service)
