"""Why a refund did not work, in French."""

# Stripe's refusals, and the failure_reason of a refund that failed later:
# https://docs.stripe.com/api/refunds/object#refund_object-failure_reason
REASONS = {
    "lost_or_stolen_card": "carte perdue ou volée",
    "expired_or_canceled_card": "carte expirée ou annulée",
    "charge_for_pending_refund_disputed": "le client a ouvert un litige entre-temps",
    "insufficient_funds": "le solde Stripe ne suffit pas",
    "declined": "refusé par la banque",
    "merchant_request": "annulé à notre demande",
    "unknown": "Stripe ne le sait pas",
    "charge_already_refunded": "déjà tout remboursé chez Stripe",
    "charge_disputed": "contesté par la banque du client",
    "amount_too_large": "plus que ce qui peut encore être remboursé",
}


def failure_words(reason: str) -> str:
    """In words with Stripe's code; the code alone when it has none; a dash for none."""
    if not reason:
        return "-"
    said = REASONS.get(reason)
    return f"{said} ({reason})" if said else reason
