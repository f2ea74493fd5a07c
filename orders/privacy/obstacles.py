"""What is open in the shop, and keeps a person from being erased."""

from orders.models import Delivery, Order
from orders.privacy.floors import Holding, floors
from orders.privacy.person import Person
from orders.status import UNPAID, OrderStatus

UNDER_WAY = (OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.AWAITING_VALIDATION)


def obstacles(person: Person, *, is_closed: bool = True) -> list[str]:
    """Everything that is open, on all floors: what, and what to do. [] for nothing.

    Without `is_closed`, only what `erase` would not close by itself.
    """
    above = [
        one
        for floor in floors()
        for one in floor.obstacles(person, is_closed=is_closed)
    ]
    return [*_own(person), *above]


def holding(person: Person) -> Holding:
    """What an erasure takes, and what stays and why, on all floors."""
    every = [_own_holding(person), *(floor.holding(person) for floor in floors())]
    return Holding(
        goes=[line for one in every for line in one.goes],
        stays=[line for one in every for line in one.stays],
    )


def _own(person: Person) -> list[str]:
    orders = Order.objects.filter(pk__in=person.order_ids, erasure=None)
    waiting = Delivery.objects.filter(order_id__in=person.order_ids, sent_at=None)
    unsent = set(waiting.values_list("order_id", flat=True))
    found = []
    for order in orders.defer("intake"):
        if order.status in UNDER_WAY:
            found.append(
                f"{order.number}\u00a0: payée, et pas encore livrée. Livrez la "
                "lecture, ou remboursez."
            )
        elif order.status == OrderStatus.COMPLETED and order.pk in unsent:
            found.append(
                f"{order.number}\u00a0: la lecture n’est pas encore remise. "
                "Remettez-la, corrigez l’adresse, ou remboursez."
            )
        elif order.is_on_hold and order.status != OrderStatus.REFUNDED:
            found.append(
                f"{order.number}\u00a0: bloquée. Réglez le motif, puis débloquez-la."
            )
    return found


def _own_holding(person: Person) -> Holding:
    orders = Order.objects.filter(pk__in=person.order_ids).defer("intake")
    rows = list(orders.prefetch_related("files", "readings__attachments"))
    pictures = sum(len(order.files.all()) for order in rows)
    readings = [reading for order in rows for reading in order.readings.all()]
    attachments = sum(len(reading.attachments.all()) for reading in readings)
    numbers = ", ".join(order.number for order in rows)
    paid = sum(order.status not in UNPAID for order in rows)
    return Holding(
        goes=[
            "l’adresse, le nom, les réponses et les préférences de "
            f"{len(rows)} commande(s)\u00a0: {numbers}",
            f"{pictures} image(s)",
            f"{len(readings)} révision(s) de lecture, {attachments} pièce(s) jointe(s)",
            "les notes de l’équipe sur ces commandes",
            "l’accès par les liens déjà envoyés",
        ],
        stays=[
            f"numéro, prix, dates et états de {len(rows)} commande(s), dont {paid} "
            "payée(s)\u00a0: la loi demande les pièces comptables pendant dix ans",
            "ce que l’équipe a fait et quand, sans ses notes\u00a0: rien n’y nomme "
            "le client",
        ],
    )
