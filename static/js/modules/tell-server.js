// Tell our server that Stripe has news. The webhook brings the same news: this
// only makes the next page right at once, so it may fail and must not hold up.

import { pause } from "./pause.js";

const LONGEST_MS = 3_000;

/**
 * @param {string} confirmUrl
 * @param {string} paymentIntentId
 * @returns {Promise<void>} Done when answered, failed or too slow.
 */
export async function tellServer(confirmUrl, paymentIntentId) {
  const told = fetch(confirmUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ paymentIntentId }),
    keepalive: true,
  }).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([told, pause(LONGEST_MS)]);
}
