"""One disagreement between our books and Stripe's, as a sentence in French."""

import re
from collections.abc import Callable
from enum import StrEnum

from django.db.models import TextChoices

from lumira.kit.money import money
from payments.admin.event_words import event_words
from payments.status import (
    DisputeStatus,
    InvoiceStatus,
    PaymentStatus,
    RefundStatus,
    SubscriptionStatus,
)

KINDS = {
    "payment": "Paiement",
    "refund": "Remboursement",
    "dispute": "Litige",
    "fraud warning": "Alerte de fraude",
    "event": "Événement",
    "sums": "Sommes remboursées",
    "subscription": "Abonnement",
    "invoice": "Facture",
}

# https://docs.stripe.com/payments/paymentintents/lifecycle
INTENT_WORDS = {
    "requires_payment_method": "attend une carte",
    "requires_confirmation": "attend la confirmation du client",
    "requires_action": "attend l’authentification du client",
    "requires_capture": "autorisé, pas encore encaissé",
    "processing": "en cours à la banque",
    "succeeded": "encaissé",
    "canceled": "annulé",
    "nothing": "inconnu",
}


class Why(StrEnum):
    """Why a line is left, when it is not an error's name. As reconcile says it."""

    DRY_RUN = "dry run"
    PERSON = "a person must decide"


NO_ANSWER = {"GatewayError", "GatewayUnavailable", "StoredFailure", "NotFound"}
RETRIED = "Stripe n’a pas répondu. La prochaine comparaison réessaie toute seule."
ADVICE = {
    "payment": (
        "Comparez le montant, la devise et le mode avec Stripe. Remboursez ce qui "
        "n’est pas dû, ou débloquez la commande."
    ),
    "refund": (
        "Stripe n’a pas encore confirmé. La prochaine comparaison réessaie toute "
        "seule ; si cela dure plus d’un jour, ouvrez le remboursement chez Stripe."
    ),
    "dispute": "Ouvrez le litige chez Stripe et comparez sa date limite avec la nôtre.",
    "event": (
        "Ouvrez l’événement et rejouez-le. S’il échoue encore, transmettez son "
        "identifiant à la technique."
    ),
    "subscription": (
        "Ouvrez l’abonnement chez Stripe. Si la boutique ne l’a pas fait, arrêtez-le "
        "là-bas : ses périodes ne feraient pas de commande. Si Stripe ne le connaît "
        "pas, les clés ou le compte ont-ils changé ?"
    ),
    "invoice": (
        "Cette période est payée et n’a pas de commande. Comparez la somme et le "
        "paiement chez Stripe, puis remboursez là-bas ou prévenez la technique."
    ),
    "sums": (
        "Ne remboursez plus rien sur ce paiement et transmettez cette ligne à la "
        "technique : la somme gardée n’est pas celle des remboursements."
    ),
}
UNKNOWN_INTENT = (
    "Stripe ne connaît pas ce paiement : les clés ou le compte ont-ils changé ? Après "
    "24 heures il est fermé ici, et le client peut payer de nouveau."
)


def title_of(kind: str) -> str:
    return KINDS.get(kind, kind.capitalize())


def both_sides(kind: str, ours: str, stripes: str) -> str:
    """What each side says. What has no French words is shown as it is."""
    in_words = WORDS.get(kind, str)
    if kind == "sums":  # both of them are ours
        return (
            f"Gardé avec le paiement : {in_words(ours)}. Ses remboursements font : "
            f"{in_words(stripes)}."
        )
    return f"Chez nous : {in_words(ours)}. Chez Stripe : {in_words(stripes)}."


def outcome_of(why: str) -> str:
    """What was done about it."""
    if not why:
        return "Réparé : nos comptes disent maintenant comme Stripe."
    if why == Why.DRY_RUN:
        return "Rien n’a été changé. « Comparer et réparer » s’en charge."
    if why == Why.PERSON:
        return "Rien n’a été changé : une personne doit décider."
    return f"La réparation n’a pas marché ({why})."


def advice_for(kind: str, why: str) -> str:
    """What a person does about a line that is left; "" when nothing is to do."""
    if why in {"", Why.DRY_RUN}:
        return ""
    if why in NO_ANSWER:
        return RETRIED
    if kind == "payment" and why == Why.PERSON:
        return UNKNOWN_INTENT
    return ADVICE.get(kind, "Transmettez cette ligne à la technique.")


def problem_words(problem: str) -> str:
    """A question that Stripe did not answer."""
    if found := re.fullmatch(r"expiry of (\S+): (.*)", problem):
        return f"Stripe n’a pas fermé le paiement expiré de {found[1]} ({found[2]})."
    return f"Stripe n’a pas répondu à une question ({problem})."


def _payment(text: str) -> str:
    status, slash, at_stripe = text.partition("/")
    if slash:
        return f"{_label(PaymentStatus, status)} ({_intent(at_stripe)})"
    return _intent(text)


def _intent(text: str) -> str:
    """ "succeeded", or "pi_… succeeded" for an intent we had not heard of."""
    before, _space, status = text.rpartition(" ")
    said = INTENT_WORDS.get(status, status)
    return f"{before} : {said}" if before else said


def _refund(text: str) -> str:
    if text == "not answered":
        return "pas de réponse"
    if found := re.fullmatch(r"(\w+) (\d+) ([a-z]{3})", text):
        price = money(int(found[2]), found[3])
        return f"{_label(RefundStatus, found[1])} · {price}"
    return _label(RefundStatus, text)


def _dispute(text: str) -> str:
    return _label(DisputeStatus, text)


def _subscription(text: str) -> str:
    """ "active 9700": the sum stands beside its currency on the subscription's page."""
    status = text.partition(" ")[0]
    return "inconnu" if status == "nothing" else _label(SubscriptionStatus, status)


def _invoice(text: str) -> str:
    """ "paid 9700 eur" there; "paid, no order" here."""
    status, comma, _rest = text.partition(" ")[0].partition(",")
    if status == "nothing":
        return "inconnue"
    said = _label(InvoiceStatus, status)
    return f"{said}, sans commande" if comma else said


def _warning(text: str) -> str:
    told = {
        "True": "on peut encore agir",
        "False": "il n’y a plus rien à empêcher",
        "nothing": "inconnu ici",
    }
    return told.get(text.removeprefix("actionable "), text)


def _event(text: str) -> str:
    if text == "not received":
        return "jamais reçu"
    if found := re.fullmatch(r"failed (\d+) times: (.*)", text):
        return f"échoué {found[1]} fois ({found[2] or 'sans erreur notée'})"
    return event_words(text)


def _sums(text: str) -> str:
    found = re.search(r"\((\d+), (\d+)\)$", text)
    if found is None:
        return text
    return f"{found[1]} remboursés, {found[2]} en cours (en centimes)"


def _label(statuses: type[TextChoices], text: str) -> str:
    if text == "nothing":
        return "inconnu ici"
    return str(statuses(text).label) if text in statuses.values else text


WORDS: dict[str, Callable[[str], str]] = {
    "payment": _payment,
    "refund": _refund,
    "dispute": _dispute,
    "fraud warning": _warning,
    "event": _event,
    "sums": _sums,
    "subscription": _subscription,
    "invoice": _invoice,
}
