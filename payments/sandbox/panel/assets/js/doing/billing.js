// What the dashboard can do with subscriptions, invoices, customers and test clocks.

import { inDashboard } from "../calls.js";
import { moment, worded } from "../words.js";

/** @typedef {import("../types").Action} Action */
/** @typedef {import("../types").Thing} Thing */

const DAY_S = 24 * 3600;

/**
 * @param {Thing} subscription
 * @returns {Action[]}
 */
export function subscriptionActions(subscription) {
  const path = `/v1/subscriptions/${subscription.id}`;
  if (["canceled", "incomplete_expired"].includes(subscription.status)) return [];
  const ends = subscription.cancel_at_period_end;
  return [
    call("Cancel now", "DELETE", path, {}, { bad: true }),
    call(ends ? "Let it go on" : "Cancel at period end", "POST", path, { cancel_at_period_end: !ends }),
    ...(subscription.pause_collection
      ? [call("Collect again", "POST", path, { pause_collection: "" })]
      : [call("Pause collection", "POST", path, { pause_collection: { behavior: "void" } })]),
    ...(subscription.status === "paused" ? [call("Resume", "POST", `${path}/resume`, {}, { main: true })] : []),
  ];
}

/**
 * @param {Thing} invoice
 * @returns {Action[]}
 */
export function invoiceActions(invoice) {
  const path = `/v1/invoices/${invoice.id}`;
  if (invoice.status === "draft") return [call("Finalize", "POST", `${path}/finalize`, {}, { main: true })];
  if (!["open", "uncollectible"].includes(invoice.status)) return [];
  return [
    call("Pay", "POST", `${path}/pay`, {}, { main: true }),
    call("Paid out of band", "POST", `${path}/pay`, { paid_out_of_band: true }),
    call("Void", "POST", `${path}/void`, {}, { bad: true }),
    ...(invoice.status === "open" ? [call("Mark uncollectible", "POST", `${path}/mark_uncollectible`)] : []),
  ];
}

/**
 * @param {Thing} customer
 * @returns {Action[]}
 */
export function customerActions(customer) {
  return [
    {
      label: "Delete",
      bad: true,
      hint: "For good: subscriptions end, payment methods are let go.",
      does: () => inDashboard("DELETE", `/v1/customers/${customer.id}`).then(() => "The customer is deleted."),
    },
  ];
}

/**
 * @param {Thing} clock
 * @returns {Action[]}
 */
export function testClockActions(clock) {
  /** @param {string} label @param {number} days @returns {Action} */
  const advance = (label, days) => ({
    label,
    does: async () => {
      const frozen_time = clock.frozen_time + days * DAY_S;
      await inDashboard("POST", `/v1/test_helpers/test_clocks/${clock.id}/advance`, { frozen_time });
      return `The test clock goes on to ${moment(frozen_time)}.`;
    },
  });
  return [advance("+1 day", 1), advance("+1 week", 7), advance("+1 month", 31)];
}

/**
 * @param {string} label
 * @param {string} method
 * @param {string} path
 * @param {Record<string, unknown>} [params]
 * @param {Partial<Action>} [more]
 * @returns {Action}
 */
function call(label, method, path, params = {}, more = {}) {
  return {
    label,
    ...more,
    does: async () => {
      const now = await inDashboard(method, path, params);
      return `${label}: it is now ${worded(now.status)}.`;
    },
  };
}
