// Ask our server for the payment of an order. Asking again gives the same one.

import { postJson, Unreachable } from "./call-api.js";

/** What the server says when there is nothing left to pay on this page. */
const SETTLED = ["order_already_paid", "payment_processing"];

/**
 * @typedef {{ kind: "payable", clientSecret: string }
 *   | { kind: "settled" }
 *   | { kind: "refused", message: string }
 *   | { kind: "unreachable" }} IntentAnswer
 */

/**
 * @param {string} createUrl
 * @param {string} orderId
 * @param {() => void} onTrouble Called when the line is bad and the call is repeated.
 * @returns {Promise<IntentAnswer>}
 */
export async function askForIntent(createUrl, orderId, onTrouble) {
  try {
    const { ok, body } = await postJson(createUrl, { orderId }, onTrouble);
    if (ok) {
      return { kind: "payable", clientSecret: body.clientSecret };
    }
    if (SETTLED.includes(body.error)) {
      return { kind: "settled" };
    }
    return { kind: "refused", message: body.message ?? "" };
  } catch (error) {
    if (error instanceof Unreachable) {
      return { kind: "unreachable" };
    }
    throw error;
  }
}
