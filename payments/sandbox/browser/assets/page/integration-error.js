// The error that Stripe.js throws at a merchant's mistake, and the checks of arguments.

/** Thrown at a merchant's mistake; a customer's mistake is a result instead. */
export class IntegrationError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "IntegrationError";
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null;
}

/**
 * @param {unknown} value
 * @returns {string} how Stripe.js names a wrong argument in its errors
 */
export function describe(value) {
  return typeof value === "string" ? value : String(value === null ? null : typeof value);
}
