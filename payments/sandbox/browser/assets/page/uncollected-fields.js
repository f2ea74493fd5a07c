// What the merchant opted out of collecting in the Payment Element, he must pass himself.

import { IntegrationError } from "./integration-error.js";

/** @type {[string[], string[]][]} option's path below `fields`, parameter's below billing_details */
const FIELDS = [
  [["name"], ["name"]],
  [["email"], ["email"]],
  [["phone"], ["phone"]],
  [
    ["address", "country"],
    ["address", "country"],
  ],
  [
    ["address", "postalCode"],
    ["address", "postal_code"],
  ],
];

/**
 * @param {string} method
 * @param {import("./element.js").Element} element
 * @param {Record<string, any>} params
 */
export function requireUncollected(method, element, params) {
  const option = element.options.fields?.billingDetails;
  const given = params.payment_method_data?.billing_details;
  for (const [path, parameter] of FIELDS) {
    if (follow(option, path) !== "never" || follow(given, parameter) !== undefined) continue;
    const field = `billing_details.${parameter.join(".")}`;
    throw new IntegrationError(
      `You specified "never" for fields.${field} when creating the payment Element, but did not pass ` +
        `confirmParams.payment_method_data.${field} when calling stripe.${method}(). If you opt out of collecting ` +
        `data via the payment Element using the fields option, the data must be passed in when calling stripe.${method}().`,
    );
  }
}

/**
 * @param {any} from
 * @param {string[]} path
 * @returns {unknown} "never" also below a part that is "never" as a whole
 */
function follow(from, path) {
  let at = from;
  for (const step of path) {
    if (at === "never") return "never";
    at = at?.[step];
  }
  return at;
}
