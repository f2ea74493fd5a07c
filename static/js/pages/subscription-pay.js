// subscriptions/pay.html: pay the period that could not be charged.

import { askForIntent } from "../modules/ask-for-intent.js";
import { cleanAddress } from "../modules/clean-address.js";
import { answerTheBank, confirmIntent } from "../modules/confirm-intent.js";
import { watchConnection } from "../modules/connection-notice.js";
import { returnedWith, sendFinishForm } from "../modules/finish-form.js";
import { pageConfig } from "../modules/page-config.js";
import { takePayment } from "../modules/take-payment.js";

/**
 * @typedef {{ publishableKey: string, askUrl: string, returnUrl: string,
 *   leaveUrl: string, locale: "fr" | "en", messages: Record<string, string> }} RenewalConfig
 */

const config = /** @type {RenewalConfig} */ (pageConfig("payment-config"));
watchConnection(document);
const saved = document.querySelector("[data-saved-card]");
const isBack = returnedWith("payment_intent") !== null;
cleanAddress();

/** @param {() => void} onTrouble */
const ask = (onTrouble) => askForIntent(config.askUrl, {}, onTrouble);

if (isBack) {
  sendFinishForm(null);
} else {
  const { payWith } = takePayment({
    config,
    returnUrl: config.returnUrl,
    ask,
    confirm: confirmIntent,
    isSettled: async () => (await ask(() => {})).kind === "settled",
    // Also when it was paid elsewhere: our server asks Stripe, and says so.
    leave: () => sendFinishForm(null),
    opened: (payable) => offerSavedCard(payable.asksTheCustomer === true),
  });
  saved?.querySelector("button")?.addEventListener("click", () => {
    // Once: what the bank refuses is not asked again, and another card can be typed.
    offerSavedCard(false);
    payWith(answerTheBank);
  });
}

/** @param {boolean} isOffered */
function offerSavedCard(isOffered) {
  saved?.toggleAttribute("hidden", !isOffered);
}
