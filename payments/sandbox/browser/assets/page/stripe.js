// The object that Stripe("pk_test_…") returns.

import { confirm, judge } from "./confirm.js";
import { Elements } from "./elements.js";
import { IntegrationError } from "./integration-error.js";
import { doNextAction } from "./next-action.js";
import { requireSecret } from "./client-secret.js";
import { retrieveIntent } from "../shared/api.js";

/**
 * @typedef {import("@stripe/stripe-js").PaymentIntentResult} PaymentIntentResult
 * @typedef {import("@stripe/stripe-js").SetupIntentResult} SetupIntentResult
 * @typedef {import("../shared/api.js").Answer} Answer
 * @typedef {import("../shared/intents.js").IntentRef} IntentRef
 * @typedef {ReturnType<typeof makeStripe>} SandboxStripe
 */

// Methods of Stripe.js that a shop could call by mistake here; a silent "undefined is
// not a function" would not say that it is the sandbox that ends here.
const MISSING = [
  "collectBankAccountForPayment",
  "confirmCardPayment",
  "confirmCardSetup",
  "createConfirmationToken",
  "createEmbeddedCheckoutPage",
  "createPaymentMethod",
  "createToken",
  "handleCardAction",
  "initCheckoutElementsSdk",
  "paymentRequest",
];

/**
 * @param {import("./elements.js").Home} home
 * @param {unknown} key
 * @param {{locale?: string}} options
 */
export function makeStripe(home, key, options) {
  const publishableKey = requireTestKey(key);
  /** @type {import("../shared/api.js").Access} */
  const access = {
    base: home.sandbox,
    key: publishableKey,
    locale: options.locale ?? "auto",
  };
  const missing = Object.fromEntries(
    MISSING.map((name) => [
      name,
      () => {
        throw new Error(`The Stripe sandbox has no stripe.${name}().`);
      },
    ]),
  );

  return {
    ...missing,

    /** @param {Record<string, any>} [groupOptions] */
    elements(groupOptions = {}) {
      const locale = groupOptions.locale ?? options.locale;
      return new Elements(home, publishableKey, { ...groupOptions, locale });
    },

    /**
     * @param {unknown} call
     * @returns {Promise<any>} PaymentIntentResult
     */
    async confirmPayment(call) {
      return asPayment(await confirm("confirmPayment", access, call));
    },

    /**
     * @param {unknown} call
     * @returns {Promise<any>} SetupIntentResult
     */
    async confirmSetup(call) {
      return asSetup(await confirm("confirmSetup", access, call));
    },

    /**
     * @param {{clientSecret?: string, hashedValue?: string}} call
     * @returns {Promise<import("@stripe/stripe-js").PaymentIntentOrSetupIntentResult>}
     */
    async handleNextAction({ clientSecret }) {
      const ref = requireSecret("stripe.handleNextAction() clientSecret", clientSecret);
      const found = await retrieveIntent(access, ref);
      if (found.intent && found.intent.status !== "requires_action") {
        throw new IntegrationError(
          "handleNextAction: The PaymentIntent supplied is not in the requires_action state.",
        );
      }
      const last = found.error ? found : await doNextAction(access, ref, found.intent);
      const outcome = judge(ref, last, access.locale);
      return ref.kind === "payment_intent" ? asPayment(outcome) : asSetup(outcome);
    },

    /**
     * @param {string} clientSecret
     * @returns {Promise<PaymentIntentResult>}
     */
    async retrievePaymentIntent(clientSecret) {
      const caller = "stripe.retrievePaymentIntent intent secret";
      const ref = requireSecret(caller, clientSecret, "payment_intent");
      return asPayment(await retrieveIntent(access, ref));
    },

    /**
     * @param {string} clientSecret
     * @returns {Promise<SetupIntentResult>}
     */
    async retrieveSetupIntent(clientSecret) {
      const caller = "stripe.retrieveSetupIntent intent secret";
      const ref = requireSecret(caller, clientSecret, "setup_intent");
      return asSetup(await retrieveIntent(access, ref));
    },

    /** @param {unknown} _library Stripe counts them; the sandbox does not */
    registerAppInfo(_library) {},
  };
}

/**
 * @param {Answer} answer
 * @returns {PaymentIntentResult}
 */
function asPayment({ intent, error }) {
  return error ? { error } : { paymentIntent: intent };
}

/**
 * @param {Answer} answer
 * @returns {SetupIntentResult}
 */
function asSetup({ intent, error }) {
  return error ? { error } : { setupIntent: intent };
}

/**
 * @param {unknown} key
 * @returns {string}
 */
function requireTestKey(key) {
  if (typeof key !== "string" || key === "") {
    const used = key === "" ? "an empty string" : String(key);
    throw new IntegrationError(
      `Please call Stripe() with your publishable key. You used ${used}.`,
    );
  }
  if (/^(sk|rk)_/.test(key)) {
    throw new IntegrationError(
      "You should not use your secret key with Stripe.js. Please pass a publishable key instead.",
    );
  }
  if (key.startsWith("pk_live_")) {
    throw new IntegrationError("The Stripe sandbox takes no live key: use pk_test_….");
  }
  if (!key.startsWith("pk_test_")) {
    throw new IntegrationError(`Invalid API Key provided: ${key.slice(0, 8)}…`);
  }
  return key;
}
