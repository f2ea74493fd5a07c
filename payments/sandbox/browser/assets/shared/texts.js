// The words of the frames and dialogs, in French and in English.

import { languageOf } from "./locale.js";

const FRENCH = {
  paymentFrame: "Cadre de saisie sécurisé pour le paiement",
  expressFrame: "Cadre de bouton de paiement sécurisé",
  number: "Numéro de carte",
  expiry: "Date d'expiration",
  expiryHint: "MM / AA",
  cvc: "CVC",
  country: "Pays",
  postalCode: "Code postal",
  name: "Nom complet",
  email: "E-mail",
  iban: "IBAN",
  methods: "Moyen de paiement",
  saved: "Cartes enregistrées",
  savedCard: "{brand} se terminant par {last4}, expire en {expiry}",
  removeCard: "Supprimer {brand} {last4}",
  remove: "Supprimer",
  saveBox: "Enregistrer cette carte pour mes prochains achats",
  card: "Carte",
  sepa: "Prélèvement SEPA",
  redirectNote:
    "Après avoir soumis votre commande, vous serez redirigé vers {method} pour terminer votre achat en toute sécurité.",
  sepaNote:
    "En fournissant votre IBAN, vous autorisez le marchand à débiter votre compte. Le résultat est connu plusieurs jours plus tard.",
  sandbox: "Bac à sable — aucune carte réelle n'est débitée",
  sandboxShort: "Bac à sable",
  loading: "Chargement…",
  bankTitle: "Authentification 3D Secure",
  bankName: "Banque de démonstration",
  bankQuestion: "Votre banque vous demande d'approuver ce paiement.",
  amount: "Montant",
  reference: "Référence",
  redirectTitle: "Autoriser ce paiement",
  redirectQuestion: "Cette page tient lieu de celle de votre banque.",
  authorize: "Autoriser le paiement",
  refuse: "Refuser",
  close: "Fermer",
  notWaiting: "Ce paiement n'attend plus d'authentification.",
  bankUnreachable: "La banque ne répond pas. Veuillez réessayer.",
  walletTitle: "Payer avec {wallet}",
  walletCard: "Visa •••• 4242",
  pay: "Payer",
  cancel: "Annuler",
};

/** @type {typeof FRENCH} */
const ENGLISH = {
  paymentFrame: "Secure payment input frame",
  expressFrame: "Secure payment button frame",
  number: "Card number",
  expiry: "Expiration date",
  expiryHint: "MM / YY",
  cvc: "CVC",
  country: "Country",
  postalCode: "Postal code",
  name: "Full name",
  email: "Email",
  iban: "IBAN",
  methods: "Payment method",
  saved: "Saved cards",
  savedCard: "{brand} ending in {last4}, expires {expiry}",
  removeCard: "Remove {brand} {last4}",
  remove: "Remove",
  saveBox: "Save this card for my next purchases",
  card: "Card",
  sepa: "SEPA Direct Debit",
  redirectNote:
    "After submission, you will be redirected to {method} to securely complete your purchase.",
  sepaNote:
    "By providing your IBAN, you authorise the merchant to debit your account. The result is known several days later.",
  sandbox: "Sandbox — no real card is charged",
  sandboxShort: "Sandbox",
  loading: "Loading…",
  bankTitle: "3D Secure authentication",
  bankName: "Demonstration bank",
  bankQuestion: "Your bank asks you to approve this payment.",
  amount: "Amount",
  reference: "Reference",
  redirectTitle: "Authorize this payment",
  redirectQuestion: "This page stands for your bank's.",
  authorize: "Complete authentication",
  refuse: "Fail authentication",
  close: "Close",
  notWaiting: "This payment no longer waits for an authentication.",
  bankUnreachable: "The bank does not answer. Please try again.",
  walletTitle: "Pay with {wallet}",
  walletCard: "Visa •••• 4242",
  pay: "Pay",
  cancel: "Cancel",
};

/** @typedef {typeof FRENCH} Texts */

/**
 * @param {string} locale as given to Elements
 * @returns {Texts}
 */
export function textsFor(locale) {
  return languageOf(locale) === "fr" ? FRENCH : ENGLISH;
}

// Names of payment methods and wallets are the same in every language.
/** @type {Record<string, string>} */
export const METHOD_NAMES = {
  bancontact: "Bancontact",
  ideal: "iDEAL | Wero",
  google_pay: "Google Pay",
  apple_pay: "Apple Pay",
  amazon_pay: "Amazon Pay",
  paypal: "PayPal",
  klarna: "Klarna",
  link: "Link",
};
