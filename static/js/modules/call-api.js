// Our own JSON API, over a line that may be bad.

import { pause } from "./pause.js";

// Longer than our server may wait for Stripe: it repeats its calls too.
const TIMEOUT_MS = 60_000;
const PAUSES_MS = [1_000, 2_000, 4_000];

/** No answer that can be read came back, in spite of the repeats. */
export class Unreachable extends Error {}

/**
 * @typedef {{ status: number, ok: boolean, body: any }} Answer
 */

/**
 * Send JSON and read JSON. Repeats when the line fails or something between
 * us and the server answers, so only for calls that may be repeated.
 *
 * @param {string} url
 * @param {unknown} body
 * @param {() => void} onTrouble Called before each repeat.
 * @returns {Promise<Answer>}
 */
export async function postJson(url, body, onTrouble) {
  for (const pause_ms of PAUSES_MS) {
    const answer = await post(url, body);
    if (answer) {
      return answer;
    }
    onTrouble();
    await pause(pause_ms);
  }
  const answer = await post(url, body);
  if (!answer) {
    throw new Unreachable(url);
  }
  return answer;
}

/**
 * @param {string} url
 * @returns {Promise<Answer | null>} null when nothing readable came back.
 */
export function getJson(url) {
  return request(url, { cache: "no-store" });
}

/**
 * @param {string} url
 * @param {unknown} body
 */
function post(url, body) {
  return request(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<Answer | null>}
 */
async function request(url, options) {
  try {
    const response = await fetch(url, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, ok: response.ok, body: await response.json() };
  } catch {
    return null;
  }
}
