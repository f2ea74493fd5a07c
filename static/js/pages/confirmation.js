// checkout/confirmation.html: keeps itself up to date until the money is there.

import { cleanAddress } from "../modules/clean-address.js";
import { pageConfig } from "../modules/page-config.js";
import { submitFormsOnce } from "../modules/submit-once.js";
import { tellServer } from "../modules/tell-server.js";
import { watchOrder } from "../modules/watch-order.js";

/**
 * @typedef {"paid" | "processing" | "pending" | "failed" | "expired" | "refunded"} Outcome
 * @typedef {{ orderId: string, orderUrl: string, confirmUrl: string,
 *   paymentIntentId: string | null, outcome: Outcome }} ConfirmationConfig
 */

/**
 * The payment statuses with which the page as it stands tells the truth. The
 * other outcomes are final: nothing to wait for.
 *
 * @type {Partial<Record<Outcome, string[]>>}
 */
const SHOWN = {
  pending: ["pending"],
  processing: ["processing"],
  failed: ["failed", "pending"],
};

cleanAddress();
submitFormsOnce();

const config = /** @type {ConfirmationConfig} */ (pageConfig("confirmation-config"));
const shown = SHOWN[config.outcome];
const status = document.querySelector("[data-watch]");

if (shown && status instanceof HTMLElement) {
  watch(shown, status);
}

/**
 * @param {string[]} shownStatuses
 * @param {HTMLElement} line
 */
async function watch(shownStatuses, line) {
  line.textContent = line.dataset.textWatching ?? "";
  if (config.paymentIntentId) {
    await tellServer(config.confirmUrl, config.paymentIntentId);
  }
  // A status that has already brought a reload brings no second one, whatever
  // the page made of it.
  const known = [...shownStatuses, window.history.state?.reloadedFor];
  const news = await watchOrder(config.orderUrl, (order) => !known.includes(order.status));
  if (news) {
    window.history.replaceState({ reloadedFor: news.status }, "");
    window.location.reload();
  } else {
    line.textContent = line.dataset.textGivenUp ?? "";
  }
}
