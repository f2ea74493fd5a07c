// Amounts, moments and statuses as a person reads them.

/** @type {Record<string, string>} */
const TONES = {
  succeeded: "good",
  paid: "good",
  active: "good",
  won: "good",
  available: "good",
  enabled: "good",
  delivered: "good",
  ready: "good",
  attached: "",
  failed: "bad",
  canceled: "",
  lost: "bad",
  disputed: "bad",
  needs_response: "bad",
  past_due: "bad",
  unpaid: "bad",
  dropped: "bad",
  requires_action: "wait",
  processing: "wait",
  pending: "wait",
  authorized: "wait",
  requires_capture: "wait",
  open: "wait",
  trialing: "wait",
  incomplete: "wait",
  under_review: "wait",
  waiting: "wait",
  held: "wait",
  paused: "wait",
  "partly refunded": "wait",
};

/** @param {string} status @returns {string} good, bad, wait or nothing */
export function tone(status) {
  return TONES[status] ?? "";
}

/** @param {string} word @returns {string} */
export function worded(word) {
  return word.replaceAll("_", " ");
}

/**
 * @param {number} amount in minor units
 * @param {string} currency
 */
export function money(amount, currency) {
  const format = moneyFormat(currency);
  return format.format(amount / 10 ** digits(currency));
}

/** @param {string} currency @returns {number} how many digits stand for minor units */
export function digits(currency) {
  return moneyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** @param {string} currency */
function moneyFormat(currency) {
  return new Intl.NumberFormat("en", { style: "currency", currency: currency.toUpperCase() });
}

/** @param {number} seconds since 1970 @returns {string} the time of day */
export function timeOfDay(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB");
}

/** @param {number} seconds since 1970 @returns {string} with the year where it is not this one */
export function moment(seconds) {
  const then = new Date(seconds * 1000);
  return then.toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: then.getFullYear() === new Date().getFullYear() ? undefined : "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

/** @param {number} seconds from now @returns {string} `in 4 s`, `in 3 days` */
export function fromNow(seconds) {
  if (seconds < 0.5) return "now";
  if (seconds < 90) return `in ${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `in ${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `in ${Math.round(seconds / 3600)} h`;
  return `in ${Math.round(seconds / 86400)} days`;
}

/** @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** @param {string} number of a card @returns {string} in groups of four */
export function inFours(number) {
  return number.replace(/(.{4})(?=.)/g, "$1 ");
}
