// An Elements group: what stripe.elements() returns.

import { IntegrationError, describe, isObject } from "./integration-error.js";
import { ExpressCheckoutElement } from "./express-checkout-element.js";
import { PaymentElement } from "./payment-element.js";
import { readSecret } from "../shared/intents.js";

/**
 * @typedef {import("./element.js").Element} Element
 * @typedef {import("@stripe/stripe-js").StripeError} StripeError
 *
 * @typedef {object} Group what the Elements of a group know of it
 * @property {string} sandbox origin
 * @property {string} key publishable key
 * @property {import("../shared/intents.js").IntentRef | null} ref null with `mode`
 * @property {string | null} session of the customer whose saved cards are shown
 * @property {string} locale
 * @property {import("@stripe/stripe-js").Appearance} appearance
 * @property {any[]} fonts
 * @property {number | undefined} amount
 * @property {string | undefined} currency
 * @property {string[]} wallets that this sandbox shows
 * @property {(element: Element) => void} forget
 *
 * @typedef {object} Home where the script came from and how it was set up
 * @property {string} sandbox
 * @property {string[]} wallets
 */

// Every name that Stripe.js knows; the sandbox has the first two.
const ELEMENT_TYPES = [
  "payment",
  "expressCheckout",
  "address",
  "card",
  "cardNumber",
  "cardExpiry",
  "cardCvc",
  "currencySelector",
  "iban",
  "linkAuthentication",
  "paymentMethodMessaging",
  "taxId",
];

export class Elements {
  /** @type {Map<string, Element>} */
  #created = new Map();
  /** @type {(() => void)[]} */
  #onUpdated = [];
  hasSubmitted = false;

  /**
   * @param {Home} home
   * @param {string} key
   * @param {Record<string, any>} options
   */
  constructor(home, key, options) {
    checkOptions(options);
    this.options = options;
    /** @type {Group} */
    this.group = {
      ...home,
      key,
      ref: readSecret(options.clientSecret),
      session: options.customerSessionClientSecret ?? null,
      locale: options.locale ?? "auto",
      appearance: options.appearance ?? {},
      fonts: (options.fonts ?? []).map(withAbsoluteAddress),
      amount: options.amount,
      currency: options.currency,
      forget: (element) => this.#created.delete(element.kind.type),
    };
  }

  /**
   * @overload
   * @param {"payment"} type
   * @param {import("@stripe/stripe-js").StripePaymentElementOptions} [options]
   * @returns {PaymentElement}
   */
  /**
   * @overload
   * @param {"expressCheckout"} type
   * @param {import("@stripe/stripe-js").StripeExpressCheckoutElementOptions} [options]
   * @returns {ExpressCheckoutElement}
   */
  /**
   * @param {string} type
   * @param {Record<string, any>} [options]
   * @returns {Element}
   */
  create(type, options = {}) {
    if (!ELEMENT_TYPES.includes(type)) {
      throw new IntegrationError(
        `A valid Element name must be provided. Valid Elements are:\n  ` +
          `${ELEMENT_TYPES.join(", ")}; you passed: ${describe(type)}.`,
      );
    }
    if (type !== "payment" && type !== "expressCheckout") {
      throw new Error(`The Stripe sandbox has no "${type}" Element.`);
    }
    if (this.#created.has(type)) {
      throw new IntegrationError(`Can only create one Element of type ${type}.`);
    }
    if (!this.group.ref && !this.options.mode) {
      throw new IntegrationError(
        `In order to create a ${type} element, you must pass a clientSecret or mode when creating the Elements group.\n\n` +
          'e.g. stripe.elements({clientSecret: "pi_123_secret_456"})',
      );
    }
    const Kind = type === "payment" ? PaymentElement : ExpressCheckoutElement;
    const element = new Kind(this.group, options);
    this.#created.set(type, element);
    return element;
  }

  /**
   * @param {string} type
   * @returns {any} the Element created with that type, or null
   */
  getElement(type) {
    return this.#created.get(type) ?? null;
  }

  /**
   * Validates what was typed.
   *
   * @returns {Promise<any>} {error} or {selectedPaymentMethod}
   */
  async submit() {
    const element = this.paying();
    if (!element) {
      throw new IntegrationError(
        "elements.submit(): elements should have a mounted Payment Element or Express Checkout Element.",
      );
    }
    const answer = await element.ask("validate");
    this.hasSubmitted = !answer.error;
    return answer;
  }

  /** @returns {Element | undefined} the mounted one that pays */
  paying() {
    const mounted = [...this.#created.values()].filter((element) => element.isMounted());
    const express = mounted.find(
      (element) => element instanceof ExpressCheckoutElement && element.isConfirming,
    );
    return express ?? mounted.find(({ kind }) => kind.type === "payment") ?? mounted[0];
  }

  /**
   * @param {Record<string, any>} options
   * @returns {Promise<void>}
   */
  async update(options) {
    if ("clientSecret" in options) {
      throw new IntegrationError("elements.update(): clientSecret is not a mutable property.");
    }
    const { locale, appearance, amount, currency } = options;
    this.options = { ...this.options, ...options };
    this.group.locale = locale ?? this.group.locale;
    this.group.appearance = appearance ?? this.group.appearance;
    this.group.amount = amount ?? this.group.amount;
    this.group.currency = currency ?? this.group.currency;
    for (const element of this.#created.values()) {
      element.tell("update", { locale, appearance });
    }
    for (const listener of this.#onUpdated) listener();
  }

  /**
   * @param {"update-end"} _name
   * @param {() => void} listener
   */
  on(_name, listener) {
    this.#onUpdated.push(listener);
  }

  /** @returns {Promise<{error?: {message: string, status?: string}}>} */
  async fetchUpdates() {
    for (const element of this.#created.values()) {
      const { error } = await element.ask("fetchUpdates");
      if (error) return { error };
    }
    return {};
  }
}

/** @param {Record<string, any>} options */
function checkOptions(options) {
  const { clientSecret, customerSessionClientSecret: session, mode, amount, currency } = options;
  if (clientSecret !== undefined && mode !== undefined) {
    throw new IntegrationError(
      "Invalid value for elements(): you can pass clientSecret or mode, but not both.",
    );
  }
  if (clientSecret !== undefined && !readSecret(clientSecret)) {
    throw new IntegrationError(
      "Invalid value for elements(): clientSecret should be a client secret of the form " +
        `\${id}_secret_\${secret}. You specified: ${describe(clientSecret)}.`,
    );
  }
  if (session !== undefined && !/^cuss_secret_\w+$/.test(String(session))) {
    throw new IntegrationError(
      "Invalid value for elements(): customerSessionClientSecret should be a client secret of the form " +
        `cuss_secret_\${secret}. You specified: ${describe(session)}.`,
    );
  }
  if (mode === "payment" && (!Number.isInteger(amount) || typeof currency !== "string")) {
    throw new IntegrationError(
      "Invalid value for elements(): amount and currency are required when mode is payment.",
    );
  }
}

/**
 * @param {any} font
 * @returns {any} addresses as the frame, at home elsewhere, can use them
 */
function withAbsoluteAddress(font) {
  const absolute = (/** @type {string} */ address) => new URL(address, document.baseURI).href;
  if (!isObject(font)) return {};
  if (font.cssSrc) return { cssSrc: absolute(font.cssSrc) };
  const src = String(font.src).replace(
    /url\(\s*(["']?)([^"')]+)\1\s*\)/g,
    (_all, _quote, address) => `url("${absolute(address)}")`,
  );
  return { ...font, src };
}
