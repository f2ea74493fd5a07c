"""The money, as the shop asks about a person."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from lumira.kit.money import money
from orders.models import Erasure
from orders.privacy.floors import Holding
from orders.privacy.person import Person
from payments.models import Customer, Dispute, Payment, Refund, Subscription
from payments.privacy.export import export_money
from payments.privacy.forget import forget_at_stripe, forget_person
from payments.privacy.obstacles import close_what_nobody_paid, open_money
from payments.status import ENDED_SUBSCRIPTION, OPEN, PaymentStatus


class Money:
    """Payments, refunds, disputes, subscriptions, and customers at Stripe."""

    def holding(self, person: Person) -> Holding:
        payments = list(Payment.objects.filter(order_id__in=person.order_ids))
        ids = [payment.pk for payment in payments]
        refunds = Refund.objects.filter(payment_id__in=ids).count()
        disputes = Dispute.objects.filter(payment_id__in=ids).count()
        collected = [one for one in payments if one.status == PaymentStatus.COMPLETED]
        cancels = [
            one
            for one in payments
            if one.status in OPEN and one.status != PaymentStatus.PROCESSING
        ]
        known = Customer.objects.filter(email=person.email) if person.email else []
        goes = ["le client et ses cartes enregistrées chez Stripe"] if known else []
        if cancels:
            goes.append(f"{len(cancels)} paiement(s) ouvert(s), annulé(s) chez Stripe")
        stays = [
            f"{len(payments)} paiement(s), dont {len(collected)} encaissé(s)"
            f"{_sums(collected)}, {refunds} remboursement(s) et {disputes} litige(s), "
            "ici et chez Stripe\u00a0: la comptabilité"
        ]
        return Holding(goes, stays if payments else [])

    def close(self, person: Person, *, by: str) -> None:
        close_what_nobody_paid(person.order_ids, by=by)

    def obstacles(self, person: Person, *, is_closed: bool) -> list[str]:
        return list(open_money(person.order_ids, is_closed=is_closed))

    def erase(self, person: Person, erasure: Erasure) -> Mapping[str, int]:
        return forget_person(person, erasure)

    def finish(self) -> None:
        forget_at_stripe()

    def export(self, person: Person) -> Mapping[str, list[dict[str, Any]]]:
        return export_money(person)

    def still_needed(self, orders: Collection[UUID]) -> set[UUID]:
        """The next period's order begins with the answers of the first."""
        going_on = Subscription.objects.filter(first_order_id__in=orders)
        return set(
            going_on.exclude(status__in=sorted(ENDED_SUBSCRIPTION)).values_list(
                "first_order_id", flat=True
            )
        )


def _sums(payments: Collection[Payment]) -> str:
    by_currency: dict[str, int] = {}
    for payment in payments:
        before = by_currency.get(payment.currency, 0)
        by_currency[payment.currency] = before + payment.amount
    said = ", ".join(money(total, key) for key, total in sorted(by_currency.items()))
    return f" ({said})" if said else ""


MONEY = Money()
