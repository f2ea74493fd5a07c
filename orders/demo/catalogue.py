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
        "description": "Pour une question précise : une réponse claire, sans "
        "détour et sans attendre.",
        "price": 2900,
        "duration": 30,
        "delivery_hours": 48,
        "level": 1,
        "features": [
            "Une question, une réponse écrite",
            "Par e-mail ou WhatsApp",
        ],
        "name_en": "Basic Consultation",
        "description_en": "For one precise question: a clear answer, straight to the "
        "point and without the wait.",
        "features_en": [
            "One question, one written answer",
            "By email or WhatsApp",
        ],
    },
    {
        "slug": "premium",
        "name": "Consultation Premium",
        "description": "Pour une situation à lire en entier : ce qui se joue, ce qui "
        "résiste, ce qui s’ouvre.",
        "price": 7900,
        "duration": 60,
        "level": 2,
        "features": [
            "Votre question et ce qui l’entoure",
            "Le texte, et sa version audio",
            "Une question de suivi",
        ],
        "name_en": "Premium Consultation",
        "description_en": "For a situation that asks to be read as a whole: what is at "
        "play, what resists, what is opening.",
        "features_en": [
            "Your question, and what surrounds it",
            "The text, and its audio version",
            "One follow-up question",
        ],
    },
    {
        "slug": "vip",
        "name": "Consultation VIP",
        "description": "Pour une étape de votre vie : un travail de fond, qui prend "
        "le temps de revenir sur ses pas.",
        "price": 14900,
        "duration": 120,
        "delivery_hours": 120,
        "level": 3,
        "features": [
            "Votre histoire, vos dates, vos photos",
            "Le texte, sa synthèse et sa version audio",
            "Trois questions de suivi",
        ],
        "name_en": "VIP Consultation",
        "description_en": "For a turning point in your life: in-depth work that takes "
        "the time to retrace its steps.",
        "features_en": [
            "Your story, your dates, your photos",
            "The text, its summary and its audio version",
            "Three follow-up questions",
        ],
    },
    {
        "slug": "integral",
        "name": "Accompagnement Intégral",
        "description": "Pour avancer pas à pas : chaque mois une lecture, du même "
        "expert, qui se souvient des précédentes.",
        "price": 9700,
        "duration": 60,
        "level": 4,
        "billing": "month",
        "features": [
            "Une lecture complète chaque mois",
            "Toujours le même expert",
            "Vos questions entre deux lectures",
        ],
        "name_en": "Integral Journey",
        "description_en": "To move forward step by step: a reading every month, by the "
        "same expert, who remembers the ones before.",
        "features_en": [
            "A full reading every month",
            "Always the same expert",
            "Your questions between readings",
        ],
    },
]

EXPERTS: list[dict[str, Any]] = [
    {
        "slug": "camille-aubry",
        "name": "Camille Aubry",
        "bio": "Vingt ans d’écoute, d’abord comme sage-femme. Camille accompagne les "
        "passages : naissances, séparations, retours à soi.\n\n"
        "Une lecture de Camille suit ce que vous avez traversé, dans l’ordre où vous "
        "l’avez vécu. Elle cherche le moment où quelque chose a basculé, et ce qu’il "
        "demande encore.\n\n"
        "Elle écrit de longues lettres, faites pour être reprises plus tard.",
        "specialities": ["Transitions de vie", "Famille"],
        "bio_en": "Twenty years of listening, first as a midwife. Camille accompanies "
        "passages: births, separations, the way back to oneself.\n\n"
        "A reading by Camille follows what you have been through, in the order "
        "you lived it. She looks for the moment when something tipped, and for "
        "what it still asks of you.\n\n"
        "She writes long letters, made to be taken up again later.",
        "specialities_en": ["Life transitions", "Family"],
        "services": ["basic", "premium", "vip", "integral"],
    },
    {
        "slug": "elias-benhamou",
        "name": "Elias Benhamou",
        "bio": "Astrologue et ancien ingénieur. Elias aime les questions précises et "
        "les réponses qui s’appuient sur quelque chose.\n\n"
        "Donnez-lui votre heure et votre lieu de naissance si vous les avez. Il "
        "montre d’où vient chaque phrase, et dit simplement quand le ciel ne répond "
        "pas.",
        "specialities": ["Astrologie natale", "Travail"],
        "bio_en": "An astrologer, and once an engineer. Elias likes precise questions, "
        "and answers that rest on something.\n\n"
        "Give him your time and place of birth if you have them. He shows where "
        "each sentence comes from, and says so plainly when the sky has no "
        "answer.",
        "specialities_en": ["Natal astrology", "Work"],
        "services": ["basic", "premium"],
    },
    {
        "slug": "ines-carvalho",
        "name": "Inês Carvalho",
        "bio": "Née à Porto, formée à la lecture symbolique. Inês travaille avec les "
        "images que vous lui confiez.\n\n"
        "Une photo de famille, un rêve, un tableau devant lequel on s’arrête : "
        "elle part de ce que vous avez choisi sans savoir pourquoi, et remonte vers "
        "votre question.\n\n"
        "Ses lectures sont courtes, précises, et souvent accompagnées d’une image à "
        "garder.",
        "specialities": ["Lecture symbolique", "Création"],
        "bio_en": "Born in Porto, trained in symbolic reading. Inês works with the "
        "images you entrust to her.\n\n"
        "A family photograph, a dream, a painting that makes you stop: she "
        "starts from what you chose without knowing why, and traces it back to "
        "your question.\n\n"
        "Her readings are short and precise, and often come with an image to "
        "keep.",
        "specialities_en": ["Symbolic reading", "Creativity"],
        "services": ["premium", "vip"],
    },
    {
        "slug": "maelle-le-goff",
        "name": "Maëlle Le Goff",
        "bio": "Bretonne, conteuse, lectrice de lignées. Maëlle éclaire ce qui se "
        "transmet et ce dont on peut se délier.\n\n"
        "Dites-lui qui vous précède, même par fragments : un métier, un départ, un "
        "prénom qui revient. Elle cherche le fil, et vous le raconte comme une "
        "histoire dont vous tenez la suite.",
        "specialities": ["Transmission familiale", "Mémoire"],
        "bio_en": "A Breton, a storyteller, a reader of family lines. Maëlle sheds "
        "light on what is handed down, and on what can be let go.\n\n"
        "Tell her who came before you, even in fragments: a trade, a departure, "
        "a first name that keeps coming back. She looks for the thread, and "
        "tells it to you as a story whose next chapter is yours.",
        "specialities_en": ["Family legacy", "Memory"],
        "services": ["premium", "vip", "integral"],
    },
    {
        "slug": "samuel-okoye",
        "name": "Samuel Okoye",
        "bio": "Philosophe de formation. Samuel pose la question derrière la "
        "question, sans jamais décider à votre place.\n\n"
        "Il commence par reformuler ce que vous demandez, puis examine chaque chemin "
        "jusqu’au bout. On le consulte quand le choix est prêt, mais pas encore clair.",
        "specialities": ["Décisions", "Sens"],
        "bio_en": "A philosopher by training. Samuel asks the question behind the "
        "question, and never decides in your place.\n\n"
        "He begins by putting what you ask into other words, then follows each "
        "path to its end. People come to him when the choice is ready, but not "
        "yet clear.",
        "specialities_en": ["Decisions", "Meaning"],
        "services": ["basic", "premium", "vip"],
    },
    {
        "slug": "thu-linh-nguyen",
        "name": "Thu Linh Nguyen",
        "bio": "Numérologue, ancienne comptable. Thu Linh lit dans les dates le "
        "rythme d’une vie, et le moment d’agir.\n\n"
        "Votre date de naissance lui suffit pour commencer. Elle y ajoute les années "
        "que vous nommez, et vous rend un calendrier autant qu’une réponse.",
        "specialities": ["Numérologie", "Cycles"],
        "bio_en": "A numerologist, and once an accountant. Thu Linh reads in dates the "
        "rhythm of a life, and the moment to act.\n\n"
        "Your date of birth is enough for her to begin. She adds the years you "
        "name, and gives you back a calendar as much as an answer.",
        "specialities_en": ["Numerology", "Cycles"],
        "services": ["basic", "premium"],
    },
    {
        "slug": "victor-delmas",
        "name": "Victor Delmas",
        "bio": "Quarante ans de tarot de Marseille, sans folklore. Victor lit "
        "lentement et écrit simplement.\n\n"
        "Il tire les cartes pour votre question, une seule fois, et vous montre "
        "lesquelles. Puis il les lit dans l’ordre, sans sauter celles qui gênent.",
        "specialities": ["Tarot de Marseille", "Relations"],
        "bio_en": "Forty years of the Marseille tarot, without the folklore. Victor "
        "reads slowly and writes simply.\n\n"
        "He draws the cards for your question, once only, and shows you which. "
        "Then he reads them in order, without skipping the awkward ones.",
        "specialities_en": ["Marseille tarot", "Relationships"],
        "services": ["basic", "vip", "integral"],
    },
]


def load_services() -> None:
    """Add the services that are missing; those that are there keep their edits."""
    for position, fields in enumerate(SERVICES):
        service, is_new = Service.objects.get_or_create(
            slug=fields["slug"], defaults={**fields, "position": position}
        )
        if not is_new:
            _add_english(service, fields)


def load_experts() -> None:
    """Add the experts that are missing, with portrait and services."""
    for fields in EXPERTS:
        if expert := Expert.objects.filter(slug=fields["slug"]).first():
            _add_english(expert, fields)
        else:
            _add_expert(dict(fields))


def _add_english(row: Service | Expert, fields: dict[str, Any]) -> None:
    """A shop from before its English gets ours, where the French is still ours too."""
    english = {
        f"{name}_en": fields[f"{name}_en"]
        for name in row.in_two_languages
        if getattr(row, name) == fields[name] and not getattr(row, f"{name}_en")
    }
    if english:
        type(row)._default_manager.filter(pk=row.pk).update(**english)


@transactional
def _add_expert(fields: dict[str, Any]) -> None:
    offered = fields.pop("services")
    expert = Expert(**fields)
    portrait = PORTRAITS / f"{expert.slug}.webp"
    expert.photo.save(portrait.name, ContentFile(portrait.read_bytes()), save=False)
    expert.save(force_insert=True)
    for service in Service.objects.filter(slug__in=offered):
        ServiceOffer.objects.create(expert=expert, service=service)
