// What the merchant's dashboard and the banks can do with money that was taken.

import { change } from "../calls.js";
import { money, worded } from "../words.js";

/** @typedef {import("../types").Action} Action */
/** @typedef {import("../types").Thing} Thing */

const REASONS = ["requested_by_customer", "duplicate", "fraudulent"];
const COMPLAINTS = ["fraudulent", "product_not_received", "product_unacceptable", "duplicate", "subscription_canceled", "general"];
const ENDS = ["won", "lost", "warning_closed", "prevented"];

/**
 * @param {Thing} charge
 * @returns {Action[]}
 */
export function chargeActions(charge) {
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== "succeeded" || !charge.captured) return [];
  return [
    ...(left > 0 && !charge.disputed ? [refund(charge, left)] : []),
    ...(charge.disputed ? [] : [dispute(charge)]),
    {
      label: "Early fraud warning",
      does: () => change(`charges/${charge.id}/early_fraud_warning`).then(() => "The bank has warned of fraud."),
    },
  ];
}

/**
 * @param {Thing} charge
 * @param {number} left
 * @returns {Action}
 */
function refund(charge, left) {
  return {
    label: "Refund",
    hint: "Made in Stripe's dashboard: the shop hears of it by webhook only.",
    fields: [
      {
        name: "amount",
        label: "Amount",
        kind: "money",
        currency: charge.currency,
        value: left,
        hint: `Up to ${money(left, charge.currency)}`,
      },
      { name: "reason", label: "Reason", kind: "choice", choices: REASONS.map((value) => ({ value, label: worded(value) })) },
    ],
    does: async ({ amount, reason }) => {
      const made = await change(`charges/${charge.id}/refund`, { amount, reason });
      return `${money(made.amount, made.currency)} refunded: ${worded(made.status)}.`;
    },
  };
}

/** @param {Thing} charge @returns {Action} */
function dispute(charge) {
  return {
    label: "Open a dispute",
    bad: true,
    hint: "By the buyer's bank, which takes the money back at once.",
    fields: [
      { name: "reason", label: "Reason", kind: "choice", choices: COMPLAINTS.map((value) => ({ value, label: worded(value) })) },
      { name: "inquiry", label: "Only an inquiry: no money moves yet", kind: "check" },
    ],
    does: async ({ reason, inquiry }) => {
      const made = await change(`charges/${charge.id}/dispute`, { reason, inquiry });
      return `The dispute is open: ${worded(made.status)}.`;
    },
  };
}

/**
 * @param {Thing} made
 * @returns {Action[]}
 */
export function refundActions(made) {
  /** @type {Record<string, string[]>} */
  const ways = {
    pending: ["succeeded", "failed", "requires_action", "canceled"],
    requires_action: ["succeeded", "failed", "canceled"],
    succeeded: ["failed"],
  };
  return (ways[made.status] ?? []).map((status) => ({
    label: { succeeded: "Let it succeed", failed: "Let it fail", canceled: "Cancel" }[status] ?? "Ask the buyer",
    bad: status === "failed",
    does: () => change(`refunds/${made.id}`, { status }).then((now) => `The refund is now: ${worded(now.status)}.`),
  }));
}

/**
 * @param {Thing} opened
 * @param {string[]} statuses
 * @returns {Action[]}
 */
export function disputeActions(opened, statuses) {
  if (ENDS.includes(opened.status)) return [];
  const isInquiry = opened.status.startsWith("warning");
  /** @param {string} label @param {string} status @returns {Action} */
  const move = (label, status) => ({
    label,
    bad: status === "lost",
    main: status === "won",
    does: () => change(`disputes/${opened.id}`, { status }).then((now) => `The dispute is now: ${worded(now.status)}.`),
  });
  const others = statuses.filter((status) => status !== opened.status).map((value) => ({ value, label: worded(value) }));
  return [
    ...(isInquiry ? [move("Close the inquiry", "warning_closed")] : [move("The merchant wins", "won"), move("The merchant loses", "lost")]),
    {
      label: "Bring to",
      fields: [{ name: "status", label: "Status", kind: "choice", choices: others }],
      does: ({ status }) => change(`disputes/${opened.id}`, { status }).then((now) => `The dispute is now: ${worded(now.status)}.`),
    },
  ];
}
