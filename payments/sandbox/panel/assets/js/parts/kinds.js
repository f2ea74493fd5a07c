// The kinds of objects, in the order in which one looks for them.

/** @type {Record<string, [string, string]>} */
const NAMES = {
  payment_intent: ["Payment", "Payments"],
  charge: ["Charge", "Charges"],
  refund: ["Refund", "Refunds"],
  dispute: ["Dispute", "Disputes"],
  customer: ["Customer", "Customers"],
  subscription: ["Subscription", "Subscriptions"],
  invoice: ["Invoice", "Invoices"],
  setup_intent: ["Setup", "Setups"],
  payment_method: ["Payment method", "Payment methods"],
  product: ["Product", "Products"],
  price: ["Price", "Prices"],
  invoiceitem: ["Invoice item", "Invoice items"],
  invoice_payment: ["Invoice payment", "Invoice payments"],
  balance_transaction: ["Balance entry", "Balance entries"],
  "radar.early_fraud_warning": ["Fraud warning", "Fraud warnings"],
  "test_helpers.test_clock": ["Test clock", "Test clocks"],
  webhook_endpoint: ["Webhook endpoint", "Webhook endpoints"],
};

/** Kinds that show although there is nothing of them yet. */
const ALWAYS = ["payment_intent", "charge", "refund", "dispute", "customer", "subscription"];

/**
 * @param {Record<string, number>} counts by kind
 * @returns {string[]}
 */
export function kindsToShow(counts) {
  const known = Object.keys(NAMES);
  const others = Object.keys(counts).filter((kind) => !known.includes(kind) && kind !== "event");
  return [...known, ...others].filter((kind) => counts[kind] || ALWAYS.includes(kind));
}

/** @param {string} kind @param {number} [count] one or many */
export function kindName(kind, count = 2) {
  const names = NAMES[kind];
  if (names) return count === 1 ? names[0] : names[1];
  return kind.split(".").at(-1)?.replaceAll("_", " ") ?? kind;
}
