// stripe.confirmPayment and stripe.confirmSetup.

import { IntegrationError, describe, isObject } from "./integration-error.js";
import { doNextAction, leaveFor } from "./next-action.js";
import { lastError, returnAddress } from "../shared/intents.js";
import { Elements } from "./elements.js";
import { ExpressCheckoutElement } from "./express-checkout-element.js";
import { confirmIntent, inLanguage } from "../shared/api.js";
import { requireSecret } from "./client-secret.js";
import { requireUncollected } from "./uncollected-fields.js";

/**
 * @typedef {import("../shared/api.js").Access} Access
 * @typedef {import("../shared/api.js").Answer} Answer
 * @typedef {import("../shared/intents.js").IntentRef} IntentRef
 * @typedef {import("../shared/intents.js").IntentKind} IntentKind
 * @typedef {object} Order a checked call
 * @property {IntentRef} ref
 * @property {Elements | null} elements
 * @property {Record<string, any>} params
 * @property {boolean} staysHere redirect: "if_required"
 */

const GUIDE = "https://docs.stripe.com/payments/accept-a-payment-deferred";

/**
 * Confirms, takes the person through what the bank asks, and leaves for `return_url`
 * unless told to stay.
 *
 * @param {"confirmPayment" | "confirmSetup"} method
 * @param {Access} access
 * @param {unknown} options
 * @returns {Promise<Answer>} never settles when the page is left
 */
export async function confirm(method, access, options) {
  const order = checkOrder(method, options);
  const problem = badReturnUrl(order.params.return_url);
  if (problem) return problem;
  const { ref, elements, params } = order;
  const element = elements ? payingElement(method, elements, params) : null;
  const mine = { ...access, locale: elements?.group.locale ?? access.locale };
  const first = element
    ? await element.ask("confirm", { ref, parameters: params })
    : await confirmIntent(mine, ref, params);
  if (element instanceof ExpressCheckoutElement) element.isConfirming = false;
  const last = first.error ? first : await doNextAction(mine, ref, first.intent);
  const outcome = judge(ref, last, mine.locale);
  if (outcome.error) {
    element?.tell("showError", outcome.error);
    return outcome;
  }
  if (order.staysHere) return outcome;
  return leaveFor(returnAddress(params.return_url, ref, outcome.intent.status));
}

/**
 * An intent that wants another payment method has failed, and says why.
 *
 * @param {IntentRef} ref
 * @param {Answer} answer
 * @param {string} locale
 * @returns {Answer}
 */
export function judge(ref, answer, locale) {
  const { intent } = answer;
  const reason = intent && lastError(intent);
  if (!reason || intent.status !== "requires_payment_method") return answer;
  return { error: { ...inLanguage(reason, locale), [ref.kind]: intent } };
}

/**
 * @param {"confirmPayment" | "confirmSetup"} method
 * @param {unknown} options
 * @returns {Order}
 */
function checkOrder(method, options) {
  const caller = `stripe.${method}()`;
  if (!isObject(options)) {
    throw new IntegrationError(`${caller}: expected an object with the options.`);
  }
  const { elements, clientSecret, confirmParams = {}, redirect = "always" } = options;
  if (elements !== undefined && !(elements instanceof Elements)) {
    throw new IntegrationError(
      `Invalid value for ${caller}: elements should be an Elements group. You specified: ${describe(elements)}.`,
    );
  }
  if (!["always", "if_required"].includes(redirect)) {
    throw new IntegrationError(
      `Invalid value for ${caller}: redirect should be one of the following strings: always, if_required. You specified: ${describe(redirect)}.`,
    );
  }
  const staysHere = redirect === "if_required";
  if (!staysHere && !confirmParams.return_url) {
    throw new IntegrationError(
      `${caller}: the \`confirmParams.return_url\` argument is required unless passing \`redirect: 'if_required'\`.`,
    );
  }
  const ref = whichIntent(caller, kindOf(method), elements, clientSecret);
  return { ref, elements: elements ?? null, params: confirmParams, staysHere };
}

/** @param {string} method @returns {IntentKind} */
function kindOf(method) {
  return method === "confirmPayment" ? "payment_intent" : "setup_intent";
}

/**
 * @param {string} caller
 * @param {IntentKind} kind
 * @param {Elements | undefined} elements
 * @param {unknown} clientSecret
 * @returns {IntentRef}
 */
function whichIntent(caller, kind, elements, clientSecret) {
  const secret = clientSecret ?? elements?.group.ref?.secret;
  if (secret === undefined) {
    throw new IntegrationError(`You must pass in a clientSecret when calling ${caller}.`);
  }
  const ref = requireSecret(`${caller} clientSecret`, secret, kind);
  const groups = elements?.group.ref;
  if (groups && groups.secret !== ref.secret) {
    throw new IntegrationError(
      `Invalid value for ${caller}: clientSecret is not the one that the Elements group was created with.`,
    );
  }
  return ref;
}

/**
 * @param {string} method
 * @param {Elements} elements
 * @param {Record<string, any>} params
 * @returns {import("./element.js").Element}
 */
function payingElement(method, elements, params) {
  const element = elements.paying();
  if (!element) {
    throw new IntegrationError(
      `Invalid value for stripe.${method}(): elements should have a mounted Payment Element or Express Checkout Element.`,
    );
  }
  if (!elements.hasSubmitted) {
    throw new IntegrationError(
      `elements.submit() must be called before stripe.${method}(). Call elements.submit() as soon as your customer ` +
        `presses pay, prior to any asynchronous work. Integration guide: ${GUIDE}`,
    );
  }
  if (element instanceof ExpressCheckoutElement && !element.isConfirming) {
    throw new IntegrationError(
      `Element confirming payment is "expressCheckout", but stripe.${method}() was not called within the "confirm" ` +
        `event. Please call stripe.${method}() in the "confirm" event ` +
        "(https://stripe.com/docs/js/elements_object/express_checkout_element_confirm_event)",
    );
  }
  requireUncollected(method, element, params);
  return element;
}

/**
 * @param {unknown} address
 * @returns {{error: import("@stripe/stripe-js").StripeError} | null}
 */
function badReturnUrl(address) {
  if (address === undefined) return null;
  try {
    new URL(String(address));
    return null;
  } catch {
    return {
      error: {
        type: "invalid_request_error",
        code: "url_invalid",
        param: "return_url",
        message: "Not a valid URL",
      },
    };
  }
}
