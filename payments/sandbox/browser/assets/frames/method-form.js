// What every payment method's form offers to the Payment Element.

import { makeBankForm } from "./bank-form.js";
import { makeCardForm } from "./card-form.js";

/**
 * @typedef {object} MethodForm
 * @property {string} type
 * @property {string} [label] if the type is none that Stripe has a name for
 * @property {HTMLElement} node
 * @property {() => import("./field.js").Field[]} fields those asked now, in order
 * @property {() => boolean} isEmpty
 * @property {() => any} billingDetails what the person told here
 * @property {() => object} paymentMethodData without billing details
 * @property {(error: import("@stripe/stripe-js").StripeError) => void} showApiError
 * @property {() => void} clear
 *
 * @typedef {object} FormOptions
 * @property {string} locale
 * @property {import("@stripe/stripe-js").StripePaymentElementOptions} element options of elements.create
 */

/** @type {Record<string, (options: FormOptions) => MethodForm>} */
const MAKERS = {
  card: makeCardForm,
  bancontact: (options) => makeBankForm("bancontact", options),
  ideal: (options) => makeBankForm("ideal", options),
  sepa_debit: (options) => makeBankForm("sepa_debit", options),
};

/**
 * @param {string} type
 * @returns {boolean} false when the sandbox has no form for this payment method
 */
export function hasForm(type) {
  return Object.prototype.hasOwnProperty.call(MAKERS, type);
}

/**
 * @param {string} type
 * @param {FormOptions} options
 * @returns {MethodForm}
 */
export function makeForm(type, options) {
  return MAKERS[type](options);
}
