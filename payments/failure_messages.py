"""What a person reads when a payment fails: what it means, and what to do next.

Stripe's own sentences are never shown. Codes: https://docs.stripe.com/error-codes
and https://docs.stripe.com/declines/codes.
"""

from django.utils.translation import gettext_lazy as _

from payments.our_failures import OUR_FAILURES

# The original document's sentences, word for word.
CARD_DECLINED = _(
    "Votre carte a été refusée. Veuillez vérifier les informations ou utiliser une "
    "autre carte."
)
EXPIRED_CARD = _(
    "La carte que vous avez utilisée a expiré. Veuillez mettre à jour vos "
    "informations de paiement."
)
INCORRECT_NUMBER = _(
    "Le numéro de carte que vous avez saisi est incorrect. Veuillez vérifier et "
    "réessayer."
)
INSUFFICIENT_FUNDS = _(
    "Fonds insuffisants sur votre compte. Veuillez vérifier votre solde."
)
OTHER_METHOD = _(
    "Impossible de traiter le paiement avec cette méthode. Veuillez essayer une "
    "autre carte."
)
FALLBACK = _("Erreur lors du paiement")

# Ours.
INCORRECT_CVC = _(
    "Le code de sécurité de la carte est incorrect. Vérifiez les trois ou quatre "
    "chiffres et réessayez."
)
INCORRECT_EXPIRY = _(
    "La date d’expiration de la carte est incorrecte. Vérifiez-la et réessayez."
)
INCORRECT_ADDRESS = _(
    "Le code postal ne correspond pas à celui de la carte. Vérifiez-le et réessayez."
)
INCOMPLETE = _("Complétez les informations de votre carte, puis réessayez.")
INCORRECT_PIN = _(
    "Le code confidentiel est incorrect. Réessayez ou utilisez une autre carte."
)
AUTHENTICATION = _(
    "Votre banque n’a pas pu confirmer qu’il s’agit bien de vous. Réessayez et "
    "validez la demande de votre banque, ou utilisez une autre carte."
)
TRY_AGAIN_LATER = _(
    "Votre banque n’a pas pu traiter le paiement. Rien n’a été débité : réessayez "
    "dans quelques minutes."
)
ALREADY_SEEN = _(
    "Votre banque a déjà reçu un paiement identique. Réessayez dans quelques minutes, "
    "ou utilisez une autre carte."
)
LIMIT_REACHED = _(
    "Le plafond de votre carte est atteint. Contactez votre banque ou utilisez une "
    "autre carte."
)
NOT_SUPPORTED = _(
    "Votre carte n’accepte pas ce type de paiement. Veuillez utiliser une autre carte."
)
CALL_BANK = _(
    "Votre banque a refusé le paiement sans dire pourquoi. Contactez-la ou utilisez "
    "une autre carte."
)
CONNECTION = _(
    "La connexion a été interrompue. Votre commande est conservée : vérifiez votre "
    "réseau, puis réessayez."
)
UNAVAILABLE = _(
    "Le service de paiement ne répond pas. Votre commande est conservée : réessayez "
    "dans un instant."
)
OUR_FAULT = _(
    "Le paiement n’a pas pu être préparé, et votre carte n’y est pour rien. Votre "
    "commande est conservée : réessayez dans un instant, ou écrivez-nous."
)

MESSAGES = {
    # Error codes.
    "card_declined": CARD_DECLINED,
    "expired_card": EXPIRED_CARD,
    "incorrect_number": INCORRECT_NUMBER,
    "invalid_number": INCORRECT_NUMBER,
    "insufficient_funds": INSUFFICIENT_FUNDS,
    "payment_method": OTHER_METHOD,
    "payment_method_unactivated": OTHER_METHOD,
    "payment_method_unexpected_state": OTHER_METHOD,
    "payment_method_provider_decline": OTHER_METHOD,
    "payment_method_provider_timeout": TRY_AGAIN_LATER,
    "payment_method_customer_decline": OTHER_METHOD,
    "payment_method_invalid_parameter": OTHER_METHOD,
    "payment_method_not_available": OTHER_METHOD,
    "payment_method_currency_mismatch": OTHER_METHOD,
    "payment_method_billing_details_address_missing": INCOMPLETE,
    "payment_method_bank_account_blocked": OTHER_METHOD,
    "payment_method_microdeposit_failed": OTHER_METHOD,
    "payment_intent_payment_attempt_failed": OTHER_METHOD,
    "payment_intent_incompatible_payment_method": OTHER_METHOD,
    "payment_intent_payment_attempt_expired": TRY_AGAIN_LATER,
    "payment_intent_authentication_failure": AUTHENTICATION,
    "setup_intent_authentication_failure": AUTHENTICATION,
    "authentication_required": AUTHENTICATION,
    "incorrect_cvc": INCORRECT_CVC,
    "invalid_cvc": INCORRECT_CVC,
    "incorrect_zip": INCORRECT_ADDRESS,
    "incorrect_address": INCORRECT_ADDRESS,
    "postal_code_invalid": INCORRECT_ADDRESS,
    "invalid_expiry_month": INCORRECT_EXPIRY,
    "invalid_expiry_year": INCORRECT_EXPIRY,
    "invalid_expiry_year_past": EXPIRED_CARD,
    "invalid_expiry_month_past": EXPIRED_CARD,
    "incomplete_number": INCOMPLETE,
    "incomplete_expiry": INCOMPLETE,
    "incomplete_cvc": INCOMPLETE,
    "incomplete_zip": INCOMPLETE,
    "incomplete_iban": INCOMPLETE,
    "invalid_iban": OTHER_METHOD,
    "processing_error": TRY_AGAIN_LATER,
    "card_decline_rate_limit_exceeded": CALL_BANK,
    "amount_too_large": LIMIT_REACHED,
    "amount_too_small": OTHER_METHOD,
    "charge_exceeds_source_limit": LIMIT_REACHED,
    "charge_exceeds_transaction_limit": LIMIT_REACHED,
    "charge_exceeds_weekly_limit": LIMIT_REACHED,
    "lock_timeout": UNAVAILABLE,
    "rate_limit": UNAVAILABLE,
    "idempotency_key_in_use": UNAVAILABLE,
    "payment_intent_unexpected_state": UNAVAILABLE,
    "bank_account_declined": OTHER_METHOD,
    "account_closed": OTHER_METHOD,
    "account_invalid": OTHER_METHOD,
    "account_number_invalid": OTHER_METHOD,
    "bank_account_restricted": OTHER_METHOD,
    "bank_account_unusable": OTHER_METHOD,
    "bank_account_unverified": OTHER_METHOD,
    "bank_account_verification_failed": OTHER_METHOD,
    "billing_invalid_mandate": OTHER_METHOD,
    "india_recurring_payment_mandate_canceled": OTHER_METHOD,
    "payment_intent_mandate_invalid": OTHER_METHOD,
    "setup_intent_mandate_invalid": OTHER_METHOD,
    "payment_method_restricted": OTHER_METHOD,
    "payment_method_unsupported_type": OTHER_METHOD,
    "routing_number_invalid": OTHER_METHOD,
    "sepa_unsupported_account": OTHER_METHOD,
    "setup_intent_mobile_wallet_unsupported": OTHER_METHOD,
    "setup_attempt_failed": OTHER_METHOD,
    "expired_payment_method": EXPIRED_CARD,
    "incorrect_postal_code": INCORRECT_ADDRESS,
    "authentication_failure": AUTHENTICATION,
    "payment_intent_action_required": AUTHENTICATION,
    "invoice_payment_intent_requires_action": AUTHENTICATION,
    "invalid_card_type": NOT_SUPPORTED,
    "three_d_secure_authentication_not_supported": NOT_SUPPORTED,
    "three_d_secure_authentication_upstream_error": TRY_AGAIN_LATER,
    "setup_intent_setup_attempt_expired": TRY_AGAIN_LATER,
    "refer_to_customer": CALL_BANK,
    "payment_intent_rate_limit_exceeded": UNAVAILABLE,
    "setup_intent_unexpected_state": UNAVAILABLE,
    "intent_invalid_state": UNAVAILABLE,
    "debit_not_authorized": CALL_BANK,
    # Decline codes of cards. A stolen or lost card, or a suspicion of fraud, is shown
    # as an ordinary refusal: Stripe says not to tell the person who holds the card.
    "approve_with_id": TRY_AGAIN_LATER,
    "authentication_not_handled": AUTHENTICATION,
    "call_issuer": CALL_BANK,
    "card_not_supported": NOT_SUPPORTED,
    "card_velocity_exceeded": LIMIT_REACHED,
    "currency_not_supported": NOT_SUPPORTED,
    "do_not_honor": CALL_BANK,
    "do_not_try_again": CALL_BANK,
    "duplicate_transaction": ALREADY_SEEN,
    "fraudulent": CARD_DECLINED,
    "generic_decline": CARD_DECLINED,
    "incorrect_pin": INCORRECT_PIN,
    "invalid_account": CALL_BANK,
    "invalid_amount": LIMIT_REACHED,
    "invalid_pin": INCORRECT_PIN,
    "issuer_not_available": TRY_AGAIN_LATER,
    "lost_card": CARD_DECLINED,
    "merchant_blacklist": CARD_DECLINED,
    "mobile_device_authentication_required": AUTHENTICATION,
    "new_account_information_available": CALL_BANK,
    "no_action_taken": CALL_BANK,
    "not_permitted": CALL_BANK,
    "offline_pin_required": NOT_SUPPORTED,
    "online_or_offline_pin_required": NOT_SUPPORTED,
    "pickup_card": CARD_DECLINED,
    "pin_try_exceeded": CARD_DECLINED,
    "reenter_transaction": TRY_AGAIN_LATER,
    "restricted_card": CARD_DECLINED,
    "revocation_of_all_authorizations": CALL_BANK,
    "revocation_of_authorization": CALL_BANK,
    "security_violation": CARD_DECLINED,
    "service_not_allowed": NOT_SUPPORTED,
    "stolen_card": CARD_DECLINED,
    "stop_payment_order": CALL_BANK,
    "testmode_decline": CARD_DECLINED,
    "transaction_not_allowed": NOT_SUPPORTED,
    "try_again_later": TRY_AGAIN_LATER,
    "withdrawal_count_limit_exceeded": LIMIT_REACHED,
    "highest_risk_level": CARD_DECLINED,
    # Decline codes of other means of payment.
    "compliance_violation": OTHER_METHOD,
    "expired_payment_information": OTHER_METHOD,
    "invalid_authorization": OTHER_METHOD,
    "invalid_billing_agreement": OTHER_METHOD,
    "invalid_business_account": OUR_FAULT,
    "invalid_customer_account": OTHER_METHOD,
    "invalid_payment_information": OTHER_METHOD,
    "partner_generic_decline": OTHER_METHOD,
    "partner_high_risk_customer": OTHER_METHOD,
    "partner_payment_not_found": OTHER_METHOD,
    "payment_disputed": OTHER_METHOD,
    "payment_limit_exceeded": LIMIT_REACHED,
    # Error types of Stripe.js.
    "api_connection_error": CONNECTION,
    "api_error": UNAVAILABLE,
    "rate_limit_error": UNAVAILABLE,
    "idempotency_error": UNAVAILABLE,
    "validation_error": INCOMPLETE,
    "invalid_request_error": OUR_FAULT,
    "authentication_error": OUR_FAULT,
}


def message_for(code: str, decline_code: str = "") -> str:
    """The sentence for a failure; the decline code knows better than the code."""
    known = MESSAGES.get(decline_code) or MESSAGES.get(code)
    return str(known or (OUR_FAULT if code in OUR_FAILURES else FALLBACK))


def all_messages() -> dict[str, str]:
    """Every code and its sentence in the active language, for the browser."""
    return {code: str(text) for code, text in MESSAGES.items()} | {
        "fallback": str(FALLBACK)
    }
