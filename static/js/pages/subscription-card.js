// subscriptions/card.html: another card for the periods to come.

import { askForIntent } from "../modules/ask-for-intent.js";
import { cleanAddress } from "../modules/clean-address.js";
import { confirmCard } from "../modules/confirm-intent.js";
import { watchConnection } from "../modules/connection-notice.js";
import { returnedWith, sendFinishForm } from "../modules/finish-form.js";
import { pageConfig } from "../modules/page-config.js";
import { takePayment } from "../modules/take-payment.js";

/**
 * @typedef {{ publishableKey: string, askUrl: string, returnUrl: string,
 *   leaveUrl: string, locale: "fr" | "en", messages: Record<string, string> }} CardConfig
 */

const config = /** @type {CardConfig} */ (pageConfig("payment-config"));
watchConnection(document);
const confirmed = returnedWith("setup_intent");
cleanAddress();

if (confirmed) {
  sendFinishForm(confirmed);
} else {
  takePayment({
    config,
    returnUrl: config.returnUrl,
    ask: (onTrouble) => askForIntent(config.askUrl, {}, onTrouble),
    confirm: confirmCard,
    // Another setup can be begun at any time: a page that was left starts anew.
    isSettled: async () => false,
    leave: (setupId) =>
      setupId ? sendFinishForm(setupId) : window.location.replace(config.leaveUrl),
  });
}
