// Tells the sandbox how an authentication at the "bank" ended.

import { retrieveIntent } from "../shared/api.js";

/**
 * @typedef {import("../shared/intents.js").IntentRef} IntentRef
 * @typedef {{status: string, return_url: string | null}} Authentication
 */

// These pages have no merchant's key. Any test key reads an intent whose secret one knows.
const PAGE_KEY = "pk_test_sandbox";

/**
 * @param {string} locale
 * @returns {import("../shared/api.js").Access}
 */
export function pageAccess(locale) {
  return { base: "", key: PAGE_KEY, locale };
}

/**
 * @param {IntentRef} ref
 * @param {string} locale
 */
export function lookAtIntent(ref, locale) {
  return retrieveIntent(pageAccess(locale), ref);
}

/**
 * @param {IntentRef} ref
 * @param {"succeed" | "fail"} outcome
 * @returns {Promise<Authentication | null>} null when the sandbox cannot be reached
 */
export async function authenticate(ref, outcome) {
  const body = JSON.stringify({ [ref.kind]: ref.id, client_secret: ref.secret, outcome });
  const headers = { "Content-Type": "application/json" };
  try {
    const answer = await fetch("/_/browser/authenticate", { method: "POST", headers, body });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
