// Defines window.Stripe. The one module that /stripe.js is bundled from.

import { makeStripe } from "./stripe.js";

const script = document.currentScript;
const address = new URL(script instanceof HTMLScriptElement ? script.src : location.href);

/** @type {import("./elements.js").Home} */
const home = {
  sandbox: address.origin,
  // Which wallets the Express Checkout Element shows: /stripe.js?wallets=google_pay,link
  wallets: (address.searchParams.get("wallets") ?? "").split(",").filter(Boolean),
};

/**
 * @param {string} publishableKey
 * @param {{locale?: string}} [options]
 */
function Stripe(publishableKey, options = {}) {
  return makeStripe(home, publishableKey, options);
}

Stripe.version = "endive";

Object.assign(window, { Stripe });

console.warn("Stripe.js is the sandbox's stand-in: no real card is charged on this page.");
