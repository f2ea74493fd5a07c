"""What Stripe's events say, in French."""

TYPES = {
    "payment_intent.created": "Paiement préparé",
    "payment_intent.succeeded": "Paiement encaissé",
    "payment_intent.processing": "Paiement en cours à la banque",
    "payment_intent.payment_failed": "Paiement refusé",
    "payment_intent.canceled": "Paiement annulé",
    "payment_intent.requires_action": "Authentification demandée au client",
    "charge.succeeded": "Carte débitée",
    "charge.failed": "Carte refusée",
    "charge.updated": "Débit mis à jour",
    "charge.refunded": "Débit remboursé",
    "refund.created": "Remboursement créé",
    "refund.updated": "Remboursement mis à jour",
    "refund.failed": "Remboursement échoué",
    "charge.dispute.created": "Litige ouvert",
    "charge.dispute.updated": "Litige mis à jour",
    "charge.dispute.closed": "Litige clos",
    "charge.dispute.funds_withdrawn": "Litige : argent retiré",
    "charge.dispute.funds_reinstated": "Litige : argent rendu",
    "radar.early_fraud_warning.created": "Alerte de fraude",
    "radar.early_fraud_warning.updated": "Alerte de fraude mise à jour",
    "customer.subscription.created": "Abonnement commencé",
    "customer.subscription.updated": "Abonnement mis à jour",
    "customer.subscription.deleted": "Abonnement terminé",
    "customer.subscription.paused": "Abonnement en pause",
    "customer.subscription.resumed": "Abonnement repris",
    "invoice.created": "Facture préparée",
    "invoice.finalized": "Facture émise",
    "invoice.paid": "Facture payée",
    "invoice.payment_succeeded": "Facture encaissée",
    "invoice.payment_failed": "Facture : paiement refusé",
    "invoice.payment_action_required": "Facture : authentification demandée",
    "invoice.voided": "Facture annulée",
    "invoice.marked_uncollectible": "Facture irrécouvrable",
    "invoice.finalization_failed": "Facture impossible à émettre",
}


def event_words(event_type: str) -> str:
    """Its type in French; the type itself when it has no words here."""
    return TYPES.get(event_type, event_type)


# What a failed try leaves behind is the name of its error: nothing personal.
ERRORS = {
    "NotFound": "Stripe ne le connaît pas (plus) : il garde ses événements 30 jours",
    "GatewayUnavailable": "Stripe n’a pas répondu",
    "StoredFailure": "Stripe n’a pas répondu",
    "GatewayError": "Stripe a refusé la demande",
    "IntegrityError": "la base a refusé l’écriture, un autre essai était plus rapide",
    "OperationalError": "la base de données ne répondait pas",
}


def error_words(name: str) -> str:
    """An error in French with its name; the name alone when it has no words."""
    said = ERRORS.get(name)
    return f"{said} ({name})" if said else name or "-"
