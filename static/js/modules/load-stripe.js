// Stripe.js, loaded from Stripe. By a script and not by a tag, so that a person
// can try again without losing the page, and a slow line does not hold it up.

/** @import { StripeConstructor } from "@stripe/stripe-js" */

const LONGEST_MS = 20_000;

/** Stripe.js did not come. */
export class StripeMissing extends Error {}

/**
 * @param {string} url
 * @returns {Promise<StripeConstructor>}
 */
export async function loadStripe(url) {
  if (!window.Stripe) {
    await loadScript(url);
  }
  if (!window.Stripe) {
    throw new StripeMissing(url);
  }
  return window.Stripe;
}

/**
 * @param {string} url
 * @returns {Promise<void>}
 */
function loadScript(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      script.remove();
      reject(new StripeMissing(url));
    };
    script.src = url;
    script.onload = () => resolve();
    script.onerror = fail;
    setTimeout(fail, LONGEST_MS);
    document.head.append(script);
  });
}
