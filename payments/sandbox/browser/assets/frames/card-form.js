// The card's four questions: number, expiry, code, country.

import { brandOf, cardDigits, groupDigits, numberProblem } from "./card-number.js";
import { build } from "./build.js";
import { expiryDigits, expiryProblem, formatExpiry, readExpiry } from "./expiry.js";
import { icon } from "./icons.js";
import { makeBillingAddress } from "./billing-address.js";
import { makeField } from "./field.js";
import { maskInput } from "./masked-input.js";
import { textsFor } from "../shared/texts.js";

/** @typedef {import("./method-form.js").MethodForm} MethodForm */
/** @typedef {import("./method-form.js").FormOptions} FormOptions */

const SHOWN_BRANDS = ["visa", "mastercard", "amex"];

// Where an error that came back from the API belongs. A decline is shown below the
// number, as Stripe's Payment Element does.
/** @type {Record<string, "number" | "expiry" | "cvc">} */
const FIELD_OF_CODE = {
  card_declined: "number",
  incorrect_number: "number",
  invalid_number: "number",
  processing_error: "number",
  expired_card: "expiry",
  invalid_expiry_month: "expiry",
  invalid_expiry_year: "expiry",
  incorrect_cvc: "cvc",
  invalid_cvc: "cvc",
};

/**
 * @param {FormOptions} options
 * @returns {MethodForm}
 */
export function makeCardForm({ locale, element }) {
  const texts = textsFor(locale);
  const number = makeNumber(texts, locale);
  const expiry = makeExpiry(texts, locale);
  const cvc = makeCvc(texts, locale, () => cvcLength(number.control.value));
  const address = makeBillingAddress({ locale, element, type: "card" });
  const fields = [number, expiry, cvc, ...address.fields];

  number.control.addEventListener("input", () => {
    const length = cvcLength(number.control.value);
    cvc.control.setAttribute("maxlength", String(length));
  });

  return {
    type: "card",
    node: build(
      "div",
      { class: "Form" },
      number.node,
      build("div", { class: "Pair" }, expiry.node, cvc.node),
      address.node,
    ),
    fields: () => [...fields.filter((field) => address.isAsked(field))],
    isEmpty: () => [number, expiry, cvc].every(({ control }) => control.value === ""),
    billingDetails: () => address.billingDetails(),
    paymentMethodData() {
      const { month, year } = readExpiry(expiryDigits(expiry.control.value));
      return {
        type: "card",
        card: {
          number: cardDigits(number.control.value),
          exp_month: month,
          exp_year: year,
          cvc: cvc.control.value,
        },
      };
    },
    showApiError(error) {
      const code = error.code ?? "";
      const field = { number, expiry, cvc }[FIELD_OF_CODE[code]];
      field?.show(code, error.message);
    },
    clear() {
      for (const { control, show } of [number, expiry, cvc]) {
        control.value = "";
        control.dispatchEvent(new Event("input", { bubbles: true }));
        show(null);
      }
    },
  };
}

/**
 * @param {string} text
 * @returns {number}
 */
function cvcLength(text) {
  return brandOf(cardDigits(text)).cvcLength;
}

/**
 * @param {import("../shared/texts.js").Texts} texts
 * @param {string} locale
 */
function makeNumber(texts, locale) {
  const control = build("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "billing cc-number",
    placeholder: "1234 1234 1234 1234",
    spellcheck: "false",
    "aria-required": "true",
  });
  maskInput(control, cardDigits, groupDigits);
  const field = makeField({
    name: "number",
    label: texts.number,
    control,
    locale,
    problem: () => numberProblem(cardDigits(control.value)),
  });
  const icons = build("div", { class: "Brands" }, ...SHOWN_BRANDS.map((name) => icon(name)));
  field.box.append(icons);
  control.addEventListener("input", () => {
    const { name } = brandOf(cardDigits(control.value));
    const shown = control.value === "" || name === "unknown" ? SHOWN_BRANDS : [name];
    icons.replaceChildren(...shown.map((brand) => icon(brand)));
  });
  return field;
}

/**
 * @param {import("../shared/texts.js").Texts} texts
 * @param {string} locale
 */
function makeExpiry(texts, locale) {
  const control = build("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "billing cc-exp",
    placeholder: texts.expiryHint,
    spellcheck: "false",
    "aria-required": "true",
  });
  maskInput(control, expiryDigits, formatExpiry);
  return makeField({
    name: "expiry",
    label: texts.expiry,
    control,
    locale,
    problem: () => expiryProblem(expiryDigits(control.value), new Date()),
  });
}

/**
 * @param {import("../shared/texts.js").Texts} texts
 * @param {string} locale
 * @param {() => number} length how many digits the card's brand has
 */
function makeCvc(texts, locale, length) {
  const control = build("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "billing cc-csc",
    placeholder: "CVC",
    maxlength: "3",
    spellcheck: "false",
    "aria-required": "true",
  });
  const clean = (/** @type {string} */ text) => text.replace(/\D/g, "").slice(0, length());
  maskInput(control, clean, (digits) => digits);
  const field = makeField({
    name: "cvc",
    label: texts.cvc,
    control,
    locale,
    problem: () => (control.value.length < length() ? "incomplete_cvc" : null),
  });
  field.box.append(build("div", { class: "Brands" }, icon("cvc")));
  return field;
}
