// What a buyer, a bank and the merchant can do to a payment.

import { change, inDashboard } from "../calls.js";
import { inFours, money, worded } from "../words.js";

/** @typedef {import("../types").Action} Action */
/** @typedef {import("../types").Thing} Thing */
/** @typedef {import("../types").Facts} Facts */

const PAYABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];
const DEBITS = [
  { value: "FR1420041010050500013M02606", label: "SEPA debit: succeeds" },
  { value: "FR8420041010050500013M02607", label: "SEPA debit: fails" },
  { value: "FR5720041010050500013M02608", label: "SEPA debit: succeeds, then disputed" },
];

/**
 * @param {Thing} intent
 * @param {Facts} facts
 * @returns {Action[]}
 */
export function intentActions(intent, facts) {
  /** @type {Action[]} */
  const actions = [];
  if (intent.status === "requires_action") actions.push(...answers(intent, "payment_intent"));
  if (PAYABLE.includes(intent.status)) actions.push(pay(intent, facts), decline(intent));
  if (intent.status === "processing") actions.push(settle(intent, "succeed"), settle(intent, "fail"));
  if (intent.status === "requires_capture") actions.push(capture(intent));
  if ([...PAYABLE, "requires_capture"].includes(intent.status)) actions.push(cancel(intent));
  return actions;
}

/**
 * @param {Thing} setup
 * @returns {Action[]}
 */
export function setupActions(setup) {
  const open = PAYABLE.includes(setup.status);
  return [
    ...(setup.status === "requires_action" ? answers(setup, "setup_intent") : []),
    ...(open
      ? [{ label: "Cancel", bad: true, does: () => inDashboard("POST", `/v1/setup_intents/${setup.id}/cancel`).then(() => "The setup is canceled.") }]
      : []),
  ];
}

/**
 * @param {Thing} intent
 * @param {Facts} facts
 * @returns {Action}
 */
function pay(intent, facts) {
  const cards = facts.cards.map((card) => ({
    value: card.number,
    label: `${inFours(card.number)} · ${card.does}`,
    group: card.group,
  }));
  return {
    label: "Pay",
    main: true,
    hint: "As if the buyer had filled in the form.",
    fields: [
      { name: "how", label: "With", kind: "choice", choices: [...cards, ...otherMethods(intent.payment_method_types)] },
      {
        name: "three_d_secure",
        label: "If the bank asks back",
        kind: "choice",
        choices: [
          { value: "pass", label: "The buyer confirms" },
          { value: "fail", label: "The buyer fails" },
          { value: "none", label: "The buyer closes the window" },
        ],
      },
    ],
    does: async ({ how, three_d_secure }) => {
      const paid = await change(`payment_intents/${intent.id}/pay`, { ...method(how), three_d_secure });
      return outcome(paid);
    },
  };
}

/** @param {string[]} types */
function otherMethods(types) {
  const group = "Other methods";
  const debits = types.includes("sepa_debit") ? DEBITS : [];
  const banks = ["bancontact", "ideal"].filter((type) => types.includes(type));
  return [...banks.map((type) => ({ value: type, label: worded(type), group })), ...debits.map((debit) => ({ ...debit, group }))];
}

/** @param {string} how a card's number, an IBAN, or a type */
function method(how) {
  if (/^\d+$/.test(how)) return { card: how };
  return how.startsWith("FR") ? { type: "sepa_debit", iban: how } : { type: how };
}

/** @param {{ payment_intent: Thing, error: { message: string, decline_code?: string } | null }} paid */
function outcome({ payment_intent: intent, error }) {
  if (error) return `Not paid: ${error.message}`;
  if (intent.status === "succeeded") return `${money(intent.amount, intent.currency)} paid.`;
  return `The payment is now: ${worded(intent.status)}.`;
}

/** @param {Thing} intent @returns {Action} */
function decline(intent) {
  return {
    label: "Decline a card",
    does: () => change(`payment_intents/${intent.id}/pay`, { card: "4000000000000002" }).then(outcome),
  };
}

/**
 * @param {Thing} intent
 * @param {"payment_intent" | "setup_intent"} kind
 * @returns {Action[]}
 */
function answers(intent, kind) {
  /** @param {"succeed" | "fail"} result */
  const answer = async (result) => {
    const reply = await fetch("/_/browser/authenticate", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ [kind]: intent.id, client_secret: intent.client_secret, outcome: result }),
    });
    const { status, error } = await reply.json();
    return status ? `It is now: ${worded(status)}.` : String(error?.message ?? error);
  };
  return [
    { label: "Authenticate", main: true, does: () => answer("succeed") },
    { label: "Fail authentication", does: () => answer("fail") },
  ];
}

/**
 * @param {Thing} intent
 * @param {"succeed" | "fail"} result
 * @returns {Action}
 */
function settle(intent, result) {
  return {
    label: result === "succeed" ? "The bank pays" : "The bank refuses",
    main: result === "succeed",
    does: async () => {
      const { status } = await change(`payment_intents/${intent.id}/settle`, { outcome: result });
      return `The payment is now: ${worded(status)}.`;
    },
  };
}

/** @param {Thing} intent @returns {Action} */
function capture(intent) {
  return {
    label: "Capture",
    main: true,
    fields: [{ name: "amount", label: "Amount", kind: "money", currency: intent.currency, value: intent.amount_capturable }],
    does: async ({ amount }) => {
      await inDashboard("POST", `/v1/payment_intents/${intent.id}/capture`, { amount_to_capture: amount });
      return `${money(amount, intent.currency)} captured.`;
    },
  };
}

/** @param {Thing} intent @returns {Action} */
function cancel(intent) {
  const reasons = ["requested_by_customer", "abandoned", "duplicate", "fraudulent"];
  return {
    label: "Cancel",
    bad: true,
    fields: [
      { name: "reason", label: "Reason", kind: "choice", choices: reasons.map((value) => ({ value, label: worded(value) })) },
    ],
    does: async ({ reason }) => {
      await change(`payment_intents/${intent.id}/cancel`, { cancellation_reason: reason });
      return "The payment is canceled.";
    },
  };
}
