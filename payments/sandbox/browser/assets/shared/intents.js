// What a client secret says: which kind of intent, which id, where it is served.

/**
 * @typedef {"payment_intent" | "setup_intent"} IntentKind
 * @typedef {object} IntentRef
 * @property {IntentKind} kind
 * @property {string} id
 * @property {string} secret
 */

const SECRET = /^((pi|seti)_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/;

/**
 * @param {unknown} secret
 * @returns {IntentRef | null} null when it has not the form of a client secret
 */
export function readSecret(secret) {
  const match = typeof secret === "string" ? SECRET.exec(secret) : null;
  if (!match) return null;
  const kind = match[2] === "pi" ? "payment_intent" : "setup_intent";
  return { kind, id: match[1], secret: match[0] };
}

/**
 * @param {IntentRef} ref
 * @returns {string} the intent's path in the API
 */
export function intentPath({ kind, id }) {
  return `/v1/${kind}s/${id}`;
}

/**
 * @param {{last_payment_error?: any, last_setup_error?: any}} intent
 * @returns {any} why the last attempt failed, or null
 */
export function lastError(intent) {
  return intent.last_payment_error ?? intent.last_setup_error ?? null;
}

/**
 * Adds to a return address what Stripe adds when the person comes back.
 *
 * @param {string} returnUrl
 * @param {IntentRef} ref
 * @param {string} status the intent's
 * @returns {string}
 */
export function returnAddress(returnUrl, { kind, id, secret }, status) {
  const url = new URL(returnUrl);
  url.searchParams.set(kind, id);
  url.searchParams.set(`${kind}_client_secret`, secret);
  url.searchParams.set("redirect_status", REDIRECT_STATUS[status] ?? "failed");
  return url.href;
}

/** @type {Record<string, string>} */
const REDIRECT_STATUS = {
  succeeded: "succeeded",
  requires_capture: "succeeded",
  processing: "pending",
};
