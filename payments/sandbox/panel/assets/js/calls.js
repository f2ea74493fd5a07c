// Talks to the sandbox's JSON controls.

/** The sandbox understood and will not; the message says why. */
export class Refused extends Error {}

/**
 * @param {string} path below /_/api/
 * @returns {Promise<any>}
 */
export function read(path) {
  return ask(path, { method: "GET" });
}

/**
 * @param {string} path below /_/api/
 * @param {Record<string, unknown>} [body]
 * @param {string} [method]
 * @returns {Promise<any>}
 */
export function change(path, body = {}, method = "POST") {
  const headers = { "Content-Type": "application/json" };
  return ask(path, { method, headers, body: method === "POST" ? JSON.stringify(body) : undefined });
}

/**
 * What Stripe's dashboard does with an endpoint of the API.
 *
 * @param {string} method
 * @param {string} path
 * @param {Record<string, unknown>} [params]
 * @returns {Promise<any>}
 */
export function inDashboard(method, path, params = {}) {
  return change("dashboard", { method, path, params });
}

/**
 * @param {string} path
 * @param {RequestInit} how
 */
async function ask(path, how) {
  const answer = await fetch(`/_/api/${path}`, how);
  const body = await answer.json().catch(() => ({ error: `The sandbox answered ${answer.status}.` }));
  if (!answer.ok) throw new Refused(reason(body.error));
  return body;
}

/** @param {string | { message: string }} error */
function reason(error) {
  return typeof error === "string" ? error : error.message;
}
