import pytest
from django.utils import translation

from payments.failure_messages import MESSAGES, all_messages, message_for

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
