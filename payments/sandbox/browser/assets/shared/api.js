// Calls of the API with the publishable key, from the merchant's page and from frames.

import { intentPath } from "./intents.js";
import { messageFor } from "./error-messages.js";

/**
 * @typedef {import("./intents.js").IntentRef} IntentRef
 * @typedef {import("@stripe/stripe-js").StripeError} StripeError
 * @typedef {{intent: any, error?: undefined} | {intent?: undefined, error: StripeError}} Answer
 * @typedef {object} Access
 * @property {string} base origin of the sandbox; empty in a frame, which is at home there
 * @property {string} key publishable key
 * @property {string} locale language of the messages
 */

const PATIENCE_MS = 10000;
const RETRY_DELAYS_MS = [250, 750];

/**
 * @param {Access} access
 * @param {IntentRef} ref
 * @returns {Promise<Answer>}
 */
export function retrieveIntent(access, ref) {
  const query = new URLSearchParams({ key: access.key, client_secret: ref.secret });
  return send(access, `${intentPath(ref)}?${query}`, {});
}

/**
 * Confirms an intent. All tries of one call carry one idempotency key, so that an
 * answer lost on the way does not charge twice.
 *
 * @param {Access} access
 * @param {IntentRef} ref
 * @param {object} parameters nested; sent as Stripe's form encoding
 * @returns {Promise<Answer>}
 */
export function confirmIntent(access, ref, parameters) {
  const body = new URLSearchParams();
  addFormFields(body, "", { ...parameters, key: access.key, client_secret: ref.secret });
  // `randomUUID` exists only in secure contexts; a shop tried on a phone is not one.
  const unique = Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join("-");
  const headers = { "Idempotency-Key": `stripe-js-${unique}` };
  return send(access, `${intentPath(ref)}/confirm`, { method: "POST", body, headers });
}

/**
 * Writes `{a: {b: 1}}` as `a[b]=1`, leaving out what is undefined.
 *
 * @param {URLSearchParams} body
 * @param {string} prefix
 * @param {object} fields
 */
function addFormFields(body, prefix, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const path = prefix ? `${prefix}[${name}]` : name;
    if (value === undefined) continue;
    if (value !== null && typeof value === "object") addFormFields(body, path, value);
    else body.append(path, value === null ? "" : String(value));
  }
}

/**
 * Sends a request, again when the connection breaks, and reads an intent or an error.
 *
 * @param {Access} access
 * @param {string} path
 * @param {RequestInit} request
 * @returns {Promise<Answer>} never rejects
 */
async function send(access, path, request) {
  for (const delayMs of [...RETRY_DELAYS_MS, null]) {
    const reply = await attempt(access.base + path, request);
    if (reply.text !== null) return readReply(reply.ok, reply.text, access.locale);
    if (delayMs === null || reply.timedOut) break;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  const message = messageFor("api_connection_error", access.locale);
  return { error: { type: "api_connection_error", message } };
}

/**
 * @param {string} url
 * @param {RequestInit} request
 * @returns {Promise<{ok: boolean, text: string | null, timedOut: boolean}>} text null: no whole answer came
 */
async function attempt(url, request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    // Without credentials a 401 is an answer; with them the browser asks for a password.
    const response = await fetch(url, {
      ...request,
      credentials: "omit",
      signal: patience.signal,
    });
    return { ok: response.ok, text: await response.text(), timedOut: false };
  } catch {
    return { ok: false, text: null, timedOut: patience.signal.aborted };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {boolean} ok
 * @param {string} text
 * @param {string} locale
 * @returns {Answer}
 */
function readReply(ok, text, locale) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = {};
  }
  if (ok && body.id) return { intent: body };
  const error = body.error ?? { type: "api_error" };
  return { error: inLanguage(error, locale) };
}

/**
 * Puts an error's text into the person's language where Stripe.js has a text of its own.
 *
 * @param {StripeError} error
 * @param {string} locale
 * @returns {StripeError}
 */
export function inLanguage(error, locale) {
  const own =
    messageFor(error.decline_code, locale) ??
    messageFor(error.code, locale) ??
    messageFor(error.type, locale);
  return own ? { ...error, message: own } : error;
}
