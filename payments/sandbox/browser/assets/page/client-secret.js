// Refuses client secrets that Stripe.js would not take.

import { IntegrationError, describe } from "./integration-error.js";
import { readSecret } from "../shared/intents.js";

/** @typedef {import("../shared/intents.js").IntentRef} IntentRef */
/** @typedef {import("../shared/intents.js").IntentKind} IntentKind */

/**
 * @param {string} caller for the error's text
 * @param {unknown} secret
 * @param {IntentKind} [kind] none: either
 * @returns {IntentRef}
 */
export function requireSecret(caller, secret, kind) {
  const ref = readSecret(secret);
  if (!ref) {
    throw new IntegrationError(
      `Invalid value for ${caller}: value should be a client secret of the form ` +
        `\${id}_secret_\${secret}. You specified: ${describe(secret)}.`,
    );
  }
  if (kind && ref.kind !== kind) {
    const names = { payment_intent: "PaymentIntent", setup_intent: "SetupIntent" };
    throw new IntegrationError(
      `Invalid value for ${caller}: value should be a ${names[kind]} client secret. ` +
        `You specified: a ${names[ref.kind]} client secret.`,
    );
  }
  return ref;
}
