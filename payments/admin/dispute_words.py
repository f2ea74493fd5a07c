"""Disputes and warnings of fraud in French: why, and what helps to answer."""

from dataclasses import dataclass

from payments.models import Dispute
from payments.status import ENDED_WELL, WAITS_FOR_US, DisputeStatus

# https://docs.stripe.com/api/disputes/object#dispute_object-reason
REASONS = {
    "bank_cannot_process": "La banque ne peut pas traiter le paiement",
    "check_returned": "Chèque retourné",
    "credit_not_processed": "Le client attend un remboursement",
    "customer_initiated": "Demandé par le client à sa banque",
    "debit_not_authorized": "Le client n’a pas autorisé le prélèvement",
    "duplicate": "Le client dit avoir payé deux fois",
    "fraudulent": "Le client ne reconnaît pas ce paiement (fraude)",
    "general": "Motif non précisé",
    "incorrect_account_details": "Coordonnées bancaires erronées",
    "insufficient_funds": "Fonds insuffisants",
    "noncompliant": "Non conforme aux règles du réseau",
    "product_not_received": "Le client dit n’avoir rien reçu",
    "product_unacceptable": "Le client dit que ce n’est pas ce qui était promis",
    "subscription_canceled": "Le client dit avoir arrêté son abonnement",
    "unrecognized": "Le client ne reconnaît pas le libellé",
}

# https://docs.stripe.com/disputes/categories: what convinces, by reason.
ALWAYS = (
    "Le numéro de commande, la date et l’adresse e-mail donnée à la commande.",
    "Les conditions que le client a acceptées avant de payer.",
)
EVIDENCE = {
    "fraudulent": (
        "Les échanges avec le client : ses réponses au formulaire montrent que la "
        "commande vient de lui (n’envoyez que ce qui le prouve).",
        "L’authentification 3-D Secure, si elle a eu lieu (elle est sur la page du "
        "paiement chez Stripe).",
    ),
    "product_not_received": (
        "La date de remise de la lecture et l’e-mail qui l’annonçait (dans le "
        "déroulé de la commande).",
        "L’ouverture de la lecture par le client, s’il vous en a parlé.",
    ),
    "product_unacceptable": (
        "La description du service telle qu’elle était le jour de la commande.",
        "La lecture remise, sans ce qu’elle a de personnel, et vos échanges.",
    ),
    "credit_not_processed": (
        "Le remboursement, s’il a été fait (son identifiant re_… est sur la page du "
        "paiement), ou la règle qui le refusait.",
    ),
    "duplicate": (
        "Les deux commandes et leurs numéros, s’il s’agit de deux consultations.",
        "Si le client a vraiment payé deux fois : acceptez le litige.",
    ),
    "subscription_canceled": (
        "La date d’arrêt de l’abonnement et les factures qui l’ont précédée.",
    ),
}
EVIDENCE["unrecognized"] = EVIDENCE["fraudulent"]

# https://docs.stripe.com/api/radar/early_fraud_warnings/object
FRAUD = {
    "card_never_received": "carte jamais reçue par le client",
    "fraudulent_card_application": "carte obtenue par fraude",
    "made_with_counterfeit_card": "carte contrefaite",
    "made_with_lost_card": "carte perdue",
    "made_with_stolen_card": "carte volée",
    "misc": "motif non précisé",
    "unauthorized_use_of_card": "carte utilisée sans accord",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What a person does now, and what to have at hand."""

    todo: str
    evidence: tuple[str, ...] = ()


def reason_words(reason: str) -> str:
    """In French; Stripe's word when it is a new one."""
    return REASONS.get(reason, reason)


def fraud_words(fraud_type: str) -> str:
    """In French; the network's word when it is a new one."""
    return FRAUD.get(fraud_type, fraud_type)


def evidence_for(reason: str) -> tuple[str, ...]:
    return EVIDENCE.get(reason, ()) + ALWAYS


TODO: dict[str, str] = {
    DisputeStatus.WARNING_NEEDS_RESPONSE: (
        "La banque pose une question ; l’argent n’est pas encore retiré. Répondez chez "
        "Stripe, ou remboursez tout : la question est alors close le plus souvent."
    ),
    DisputeStatus.NEEDS_RESPONSE: (
        "Répondez chez Stripe : sans réponse, le litige est perdu. Ne remboursez pas : "
        "Stripe le refuse. Si le client a raison, acceptez le litige chez Stripe."
    ),
    DisputeStatus.APPEAL_NEEDS_RESPONSE: (
        "La banque conteste la décision. Complétez la réponse chez Stripe."
    ),
    DisputeStatus.LOST: (
        "Perdu : l’argent est chez le client. La commande reste bloquée ; décidez avec "
        "l’équipe de ce qu’elle devient."
    ),
}
UNDER_REVIEW = (
    "La réponse est partie et la banque décide, ce qui peut prendre 75 jours. Rien à "
    "faire ; la commande reste bloquée."
)
OVER = "Terminé en notre faveur : la commande n’est plus bloquée par ce litige."


def advice_on(dispute: Dispute) -> Advice:
    """What to do, and the evidence while an answer is awaited."""
    if dispute.status in ENDED_WELL:
        return Advice(OVER)
    todo = TODO.get(dispute.status, UNDER_REVIEW)
    waits = dispute.status in WAITS_FOR_US
    return Advice(todo, evidence_for(dispute.reason) if waits else ())
