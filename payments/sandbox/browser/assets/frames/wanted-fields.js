// Reads the Payment Element's `fields` option: what the merchant asks for by himself.

/** @typedef {import("@stripe/stripe-js").StripePaymentElementOptions["fields"]} FieldsOption */

/**
 * @param {FieldsOption} fields
 * @param {string} type payment method
 * @param {"name" | "email" | "address"} part
 * @param {"country" | "postalCode"} [line] of the address
 * @returns {boolean} false for what is "never" to be asked here
 */
export function wantsField(fields, type, part, line) {
  /** @type {any} */
  const own = fields ?? {};
  const options = [own.billingDetails, own[type]?.billingDetails];
  return options.every((option) => {
    if (option === "never") return false;
    const choice = option?.[part];
    if (choice === "never") return false;
    return line === undefined || choice?.[line] !== "never";
  });
}
