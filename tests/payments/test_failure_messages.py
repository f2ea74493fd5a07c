import inspect
import re

import pytest
from django.utils import translation
from stripe import PaymentIntent, SetupIntent

from payments.failure_messages import FALLBACK, MESSAGES, all_messages, message_for
from payments.our_failures import OUR_FAILURES

# Word for word the seed's.
SEED = {
    "card_declined": "Votre carte a été refusée. Veuillez vérifier les informations ou "
    "utiliser une autre carte.",
    "expired_card": "La carte que vous avez utilisée a expiré. Veuillez mettre à jour "
    "vos informations de paiement.",
    "incorrect_number": "Le numéro de carte que vous avez saisi est incorrect. "
    "Veuillez vérifier et réessayer.",
    "insufficient_funds": "Fonds insuffisants sur votre compte. Veuillez vérifier "
    "votre solde.",
    "payment_method": "Impossible de traiter le paiement avec cette méthode. Veuillez "
    "essayer une autre carte.",
    "anything_else": "Erreur lors du paiement",
}


@pytest.mark.parametrize(("code", "sentence"), SEED.items())
def test_the_seeds_sentences_are_word_for_word(code: str, sentence: str) -> None:
    with translation.override("fr"):
        assert message_for(code) == sentence


def test_the_decline_code_knows_better() -> None:
    with translation.override("fr"):
        sentence = message_for("card_declined", "insufficient_funds")

    assert sentence == SEED["insufficient_funds"]


def test_an_unknown_decline_code_falls_back_to_the_code() -> None:
    with translation.override("fr"):
        sentence = message_for("expired_card", "invented_tomorrow")

    assert sentence == SEED["expired_card"]


@pytest.mark.parametrize(
    "code", ["lost_card", "stolen_card", "fraudulent", "pickup_card"]
)
def test_a_thief_is_told_what_everybody_is_told(code: str) -> None:
    with translation.override("fr"):
        assert message_for("card_declined", code) == SEED["card_declined"]


def test_the_browser_gets_every_sentence_and_the_fallback() -> None:
    with translation.override("fr"):
        told = all_messages()

    assert told.keys() == {*MESSAGES, "fallback"}
    assert told["fallback"] == SEED["anything_else"]
    assert all(told.values())


# https://docs.stripe.com/declines/codes as of April 2026: every row of its table of
# cards, then of local payment methods. The SDK and Stripe.js call it only a string.
TABLE_OF_DECLINES = """
    approve_with_id authentication_not_handled authentication_required call_issuer
    card_not_supported card_velocity_exceeded currency_not_supported do_not_honor
    do_not_try_again
    duplicate_transaction expired_card fraudulent generic_decline incorrect_address
    incorrect_cvc incorrect_number incorrect_pin incorrect_zip insufficient_funds
    invalid_account invalid_amount invalid_cvc invalid_expiry_month invalid_expiry_year
    invalid_number invalid_pin issuer_not_available lost_card merchant_blacklist
    mobile_device_authentication_required new_account_information_available
    no_action_taken not_permitted offline_pin_required online_or_offline_pin_required
    pickup_card pin_try_exceeded processing_error reenter_transaction restricted_card
    revocation_of_all_authorizations revocation_of_authorization security_violation
    service_not_allowed stolen_card stop_payment_order testmode_decline
    transaction_not_allowed try_again_later withdrawal_count_limit_exceeded

    compliance_violation expired_payment_information invalid_authorization
    invalid_billing_agreement invalid_business_account invalid_customer_account
    invalid_payment_information partner_generic_decline partner_high_risk_customer
    partner_payment_not_found payment_disputed payment_limit_exceeded
"""
# https://docs.stripe.com/api/errors and what Stripe.js adds.
ERROR_TYPES = (
    *("api_connection_error", "api_error", "authentication_error", "validation_error"),
    *("idempotency_error", "invalid_request_error", "rate_limit_error"),
)


def error_codes() -> list[str]:
    """Every code an intent can have failed with, out of the SDK's own types."""
    found = set()
    for error in (PaymentIntent.LastPaymentError, SetupIntent.LastSetupError):
        listed = re.search(r"code:.*?Literal\[(.*?)\]", inspect.getsource(error), re.S)
        assert listed
        found |= set(re.findall(r'"(\w+)"', listed[1]))
    return sorted(found)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_of_stripe_has_a_sentence_of_its_own(language: str) -> None:
    codes = error_codes()
    with translation.override(language):
        nothing_said = [code for code in codes if message_for(code) == str(FALLBACK)]
        unknown = [
            code
            for code in TABLE_OF_DECLINES.split()
            if message_for("card_declined", code) != str(MESSAGES[code])
        ]

    assert len(codes) > 150
    assert nothing_said == []
    assert unknown == []


@pytest.mark.parametrize("kind", ERROR_TYPES)
def test_an_error_without_a_known_code_is_told_by_its_type(kind: str) -> None:
    assert kind in all_messages()


def test_every_sentence_says_in_french_what_to_do_next() -> None:
    """The original's fallback says nothing; it is kept for what nobody knows."""
    advice = re.compile(
        r"[Vv]euillez|[Rr]éessayez|[Vv]érifiez|[Cc]omplétez|[Cc]ontactez|[Uu]tilisez"
    )
    with translation.override("fr"):
        sentences = {message_for(code) for code in (*MESSAGES, *OUR_FAILURES)}

    assert [text for text in sentences if not advice.search(text)] == []


def test_what_is_our_fault_is_not_blamed_on_the_card() -> None:
    with translation.override("fr"):
        sentence = message_for("api_key_expired")

    assert "votre carte n’y est pour rien" in sentence
    assert OUR_FAILURES.isdisjoint(MESSAGES)
