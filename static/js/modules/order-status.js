// How an order stands, in the words of GET /api/payments/order/<id>.

import { getJson } from "./call-api.js";

/**
 * @typedef {{ status: string, paymentStatus: string | null, workflowStatus: string,
 *   amountRefunded: number }} OrderStatus
 */

/**
 * @param {string} orderUrl
 * @returns {Promise<OrderStatus | null>} null when the server cannot be asked.
 */
export async function readOrder(orderUrl) {
  const answer = await getJson(orderUrl);
  return answer?.ok ? answer.body.order : null;
}

/**
 * Whether there is nothing left to do on the payment page.
 *
 * @param {OrderStatus | null} order
 */
export function isSettled(order) {
  return order?.status === "completed" || order?.status === "processing";
}
