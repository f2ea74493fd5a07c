// What a customer session opens: the saved cards, and what may be done with them.

/**
 * @typedef {object} SavedCards
 * @property {Record<string, any>} features of the session
 * @property {any[]} cards payment methods of type card, newest first
 */

/** @type {SavedCards} */
export const NO_SAVED_CARDS = { features: {}, cards: [] };

const ADDRESS = "/_/browser/saved_cards";

/**
 * @param {string} session its client secret
 * @param {string} intent the id of the intent to be paid
 * @returns {Promise<{saved: SavedCards, error?: undefined} | {saved?: undefined, error: any}>}
 */
export async function loadSavedCards(session, intent) {
  const query = new URLSearchParams({ client_secret: session, intent });
  try {
    const response = await fetch(`${ADDRESS}?${query}`);
    const body = await response.json();
    if (!response.ok) {
      return { error: { type: "invalid_request_error", message: body.error } };
    }
    const cards = body.payment_methods.filter(
      (/** @type {any} */ method) => method.type === "card",
    );
    return { saved: { features: body.features ?? {}, cards } };
  } catch {
    return { error: { type: "api_connection_error" } };
  }
}

/**
 * @param {string} session
 * @param {string} method
 * @returns {Promise<boolean>} whether it is gone
 */
export async function forgetCard(session, method) {
  const body = JSON.stringify({ client_secret: session, payment_method: method });
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await fetch(`${ADDRESS}/forget`, { method: "POST", body, headers });
    return response.ok;
  } catch {
    return false;
  }
}
