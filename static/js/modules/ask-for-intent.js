// Ask our server for something to pay on, or to keep a card with. For an order asking
// again gives the same one.

import { postJson, Unreachable } from "./call-api.js";

/** What the server says when there is nothing left to do on this page. */
const SETTLED = [
  "order_already_paid",
  "payment_processing",
  "nothing_to_pay",
  "subscription_ended",
];

/**
 * @typedef {{ kind: "payable", clientSecret: string, asksTheCustomer?: boolean,
 *   customerSessionClientSecret?: string }} Payable
 * @typedef {Payable
 *   | { kind: "settled" }
 *   | { kind: "refused", message: string, retryAfterS?: number }
 *   | { kind: "unreachable" }} IntentAnswer
 */

/**
 * @param {string} url
 * @param {object} question
 * @param {() => void} onTrouble Called when the line is bad and the call is repeated.
 * @returns {Promise<IntentAnswer>}
 */
export async function askForIntent(url, question, onTrouble) {
  try {
    const { ok, body } = await postJson(url, question, onTrouble);
    if (ok) {
      return { kind: "payable", ...body };
    }
    if (SETTLED.includes(body.error)) {
      return { kind: "settled" };
    }
    return { kind: "refused", message: body.message ?? "", retryAfterS: body.retryAfter };
  } catch (error) {
    if (error instanceof Unreachable) {
      return { kind: "unreachable" };
    }
    throw error;
  }
}
