// checkout/confirmation.html: keeps itself up to date, until the money is there and
// then while somebody works on the order.

import { cleanAddress } from "../modules/clean-address.js";
import { watchConnection } from "../modules/connection-notice.js";
import { forgetSentDraft } from "../modules/draft-store.js";
import { pageConfig } from "../modules/page-config.js";
import { submitFormsOnce } from "../modules/submit-once.js";
import { tellServer } from "../modules/tell-server.js";
import { WatchLine } from "../modules/watch-line.js";
import { MONEY_PACE, WORK_PACE, watchOrder } from "../modules/watch-order.js";

/** @import { OrderStatus } from "../modules/order-status.js" */

/**
 * @typedef {"paid" | "processing" | "pending" | "failed" | "expired" | "refunded"} Outcome
 * @typedef {{ orderId: string, orderUrl: string, confirmUrl: string,
 *   paymentIntentId: string | null, outcome: Outcome, workflowStatus: string,
 *   amountRefunded: number }} ConfirmationConfig
 */

/**
 * The payment statuses with which the page as it stands tells the truth. Once the
 * money is there, it is the work and the refunds that count.
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
watchConnection(document);

const config = /** @type {ConfirmationConfig} */ (pageConfig("confirmation-config"));
const shown = SHOWN[config.outcome];
const status = document.querySelector("[data-watch]");

// What was written in the form has arrived.
if (config.outcome === "paid" || config.outcome === "processing") {
  forgetSentDraft();
}

if (status instanceof HTMLElement) {
  watch(new WatchLine(status));
}

/** @param {WatchLine} line */
async function watch(line) {
  if (shown && config.paymentIntentId) {
    await tellServer(config.confirmUrl, config.paymentIntentId);
  }
  const news = await watchOrder(
    config.orderUrl,
    shown ? MONEY_PACE : WORK_PACE,
    isNews,
    (isAnswered) => line.turn(isAnswered),
  );
  if (news) {
    window.history.replaceState({ reloadedFor: mark(news) }, "");
    window.location.reload();
  } else {
    line.giveUp();
  }
}

/**
 * What has already brought a reload brings no second one, whatever the page made
 * of it.
 *
 * @param {OrderStatus} order
 */
function isNews(order) {
  const isOther = shown ? !shown.includes(order.status) : work(order) !== work(config);
  return isOther && mark(order) !== window.history.state?.reloadedFor;
}

/** @param {{ workflowStatus: string, amountRefunded: number }} order */
function work({ workflowStatus, amountRefunded }) {
  return `${workflowStatus} ${amountRefunded}`;
}

/** @param {OrderStatus} order */
function mark(order) {
  return `${order.status} ${work(order)}`;
}
