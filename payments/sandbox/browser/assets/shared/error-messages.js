// What Stripe.js says about an error, in French and in English.

import { languageOf } from "./locale.js";

/** @type {Record<"fr" | "en", Record<string, string>>} */
const MESSAGES = {
  fr: {
    incomplete_number: "Votre numéro de carte est incomplet.",
    invalid_number: "Votre numéro de carte est invalide.",
    incorrect_number: "Votre numéro de carte est incorrect.",
    incomplete_expiry: "La date d'expiration de votre carte est incomplète.",
    invalid_expiry: "La date d'expiration de votre carte est invalide.",
    invalid_expiry_month_past: "La date d'expiration de votre carte est passée.",
    invalid_expiry_year_past: "L'année d'expiration de votre carte est passée.",
    invalid_expiry_year: "L'année d'expiration de votre carte est invalide.",
    incomplete_cvc: "Le code de sécurité de votre carte est incomplet.",
    incorrect_cvc: "Le code de sécurité de votre carte est incorrect.",
    incomplete_zip: "Votre code postal est incomplet.",
    incomplete_iban: "L'IBAN que vous avez saisi est incomplet.",
    invalid_iban: "L'IBAN que vous avez saisi est invalide.",
    incomplete_name: "Veuillez fournir votre nom complet.",
    incomplete_email: "Veuillez fournir votre adresse e-mail.",
    invalid_email: "Votre adresse e-mail est invalide.",
    incomplete_payment_method: "Veuillez choisir un moyen de paiement.",
    card_declined: "Votre carte a été refusée.",
    generic_decline: "Votre carte a été refusée.",
    insufficient_funds: "Votre carte ne dispose pas de fonds suffisants.",
    expired_card: "Votre carte a expiré.",
    processing_error:
      "Une erreur s'est produite lors du traitement de votre carte. Veuillez réessayer dans un instant.",
    payment_intent_authentication_failure:
      "Nous ne pouvons pas authentifier votre moyen de paiement. Veuillez en choisir un autre et réessayer.",
    setup_intent_authentication_failure:
      "Nous ne pouvons pas authentifier votre moyen de paiement. Veuillez en choisir un autre et réessayer.",
    api_connection_error:
      "Nous avons du mal à joindre notre prestataire de paiement. Vous n'avez pas été débité. Vérifiez votre connexion Internet et réessayez.",
    api_error: "Une erreur inattendue s'est produite.",
  },
  en: {
    incomplete_number: "Your card number is incomplete.",
    invalid_number: "Your card number is invalid.",
    incorrect_number: "Your card number is incorrect.",
    incomplete_expiry: "Your card's expiration date is incomplete.",
    invalid_expiry: "Your card's expiration date is invalid.",
    invalid_expiry_month_past: "Your card's expiration date is in the past.",
    invalid_expiry_year_past: "Your card's expiration year is in the past.",
    invalid_expiry_year: "Your card's expiration year is invalid.",
    incomplete_cvc: "Your card's security code is incomplete.",
    incorrect_cvc: "Your card's security code is incorrect.",
    incomplete_zip: "Your postal code is incomplete.",
    incomplete_iban: "The IBAN you entered is incomplete.",
    invalid_iban: "The IBAN you entered is invalid.",
    incomplete_name: "Please provide your full name.",
    incomplete_email: "Please provide your email address.",
    invalid_email: "Your email address is invalid.",
    incomplete_payment_method: "Please select a payment method.",
    card_declined: "Your card was declined.",
    generic_decline: "Your card was declined.",
    insufficient_funds: "Your card has insufficient funds.",
    expired_card: "Your card has expired.",
    processing_error:
      "An error occurred while processing your card. Try again in a little bit.",
    payment_intent_authentication_failure:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    setup_intent_authentication_failure:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    api_connection_error:
      "We are experiencing issues connecting to our payments provider. You have not been charged. Please check your internet connection and try again.",
    api_error: "An unexpected error occurred.",
  },
};

/**
 * @param {string | undefined} code a code, a decline code or a type
 * @param {string} locale as given to Elements
 * @returns {string | undefined} undefined when Stripe.js leaves the API's own text
 */
export function messageFor(code, locale) {
  return code === undefined ? undefined : MESSAGES[languageOf(locale)][code];
}
