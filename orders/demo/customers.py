"""Invented people and what they ask. Every address is of example.org."""

from dataclasses import dataclass

from django.utils.text import slugify

from orders.actions.place_order import Buyer
from orders.models.order import AudioVoice, DeliveryFormat
from orders.status import OrderStatus


@dataclass(frozen=True, slots=True)
class DemoOrder:
    key: str
    service: str
    expert: str
    state: OrderStatus
    hours_ago: int
    buyer: Buyer


def _buyer(first: str, last: str, question: str, **intake: str) -> Buyer:
    """Who leaves a number wants to be written to on WhatsApp."""
    wants_whatsapp = "phone" in intake
    return Buyer(
        email=f"{slugify(first)}.{slugify(last)}@example.org",
        name=f"{first} {last}",
        intake={
            "firstName": first,
            "lastName": last,
            "specificQuestion": question,
            **intake,
        },
        audio_voice=AudioVoice.FEMININE,
        delivery_format=(
            DeliveryFormat.WHATSAPP if wants_whatsapp else DeliveryFormat.EMAIL
        ),
    )


S = OrderStatus
ORDERS = [
    DemoOrder(
        "demo-1",
        "premium",
        "camille-aubry",
        S.COMPLETED,
        70,
        _buyer(
            "Jeanne",
            "Roussel",
            "Je quitte Lyon après douze ans. Qu’est-ce que j’emporte ?",
            dateOfBirth="1984-03-12",
            birthPlace="Annecy",
        ),
    ),
    DemoOrder(
        "demo-2",
        "vip",
        "maelle-le-goff",
        S.AWAITING_VALIDATION,
        46,
        _buyer(
            "Hugo",
            "Lefort",
            "Mon père et moi ne nous parlons plus. Par où recommencer ?",
            dateOfBirth="1991-11-02",
            birthTime="06:40",
        ),
    ),
    DemoOrder(
        "demo-3",
        "basic",
        "samuel-okoye",
        S.PROCESSING,
        27,
        _buyer(
            "Nadia",
            "Slimani",
            "On me propose un poste à Bruxelles. Partir ou rester ?",
        ),
    ),
    DemoOrder(
        "demo-4",
        "premium",
        "ines-carvalho",
        S.PAID,
        5,
        _buyer(
            "Paul",
            "Girard",
            "Le même rêve revient depuis l’été. Que veut-il dire ?",
            specificContext="Une maison dont je n’ouvre jamais la dernière porte.",
        ),
    ),
    DemoOrder(
        "demo-5",
        "basic",
        "elias-benhamou",
        S.FAILED,
        3,
        _buyer("Chloé", "Martin", "Quand lancer mon atelier ?"),
    ),
    DemoOrder(
        "demo-6",
        "basic",
        "thu-linh-nguyen",
        S.REFUNDED,
        90,
        _buyer("Luc", "Perrin", "Est-ce le bon moment pour vendre la maison ?"),
    ),
    DemoOrder(
        "demo-7",
        "vip",
        "victor-delmas",
        S.PENDING,
        1,
        _buyer("Ines", "Hamdi", "Que dois-je comprendre de cette rencontre ?"),
    ),
    DemoOrder(
        "demo-8",
        "premium",
        "samuel-okoye",
        S.PAID,
        75,  # late
        _buyer("Marc", "Olivier", "Comment dire non sans perdre mes amis ?"),
    ),
    DemoOrder(
        "demo-9",
        "basic",
        "victor-delmas",
        S.COMPLETED,
        30,
        _buyer(
            "Sonia",
            "Ferrand",
            "Il m’a écrit après trois ans. Dois-je répondre à sa lettre ?",
            phone="+33 6 39 98 12 34",
        ),
    ),
]
