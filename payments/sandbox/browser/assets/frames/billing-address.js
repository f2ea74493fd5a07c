// Country and, where banks check it, postal code.

import { asksPostalCode, countryList } from "./countries.js";
import { build } from "./build.js";
import { makeField } from "./field.js";
import { textsFor } from "../shared/texts.js";
import { wantsField } from "./wanted-fields.js";

/** @typedef {import("./field.js").Field} Field */

// Stripe guesses the country from the address of the browser. Ours is always in France.
const GUESSED_COUNTRY = "FR";

/**
 * @param {import("./method-form.js").FormOptions & {type: string}} options
 */
export function makeBillingAddress({ locale, element, type }) {
  const texts = textsFor(locale);
  const given = element.defaultValues?.billingDetails?.address ?? {};
  const country = makeField({
    name: "country",
    label: texts.country,
    control: countryList(locale, given.country ?? GUESSED_COUNTRY),
    locale,
    problem: () => null,
  });
  const zip = build("input", {
    type: "text",
    autocomplete: "billing postal-code",
    placeholder: "12345",
    value: given.postal_code,
    "aria-required": "true",
  });
  const postalCode = makeField({
    name: "postalCode",
    label: texts.postalCode,
    control: zip,
    locale,
    problem: () => (zip.value.trim().length < 3 ? "incomplete_zip" : null),
  });
  const hasCountry = wantsField(element.fields, type, "address", "country");
  const mayAskCode = wantsField(element.fields, type, "address", "postalCode");
  const asksCode = () => mayAskCode && asksPostalCode(country.control.value);
  const node = build("div", { class: "Pair Pair--address" });
  if (hasCountry) node.append(country.node);
  node.append(postalCode.node);
  const refresh = () => {
    postalCode.node.hidden = !asksCode();
    node.hidden = !hasCountry && !asksCode();
  };
  country.control.addEventListener("input", refresh);
  refresh();

  return {
    node,
    fields: [country, postalCode],
    /** @param {Field} field */
    isAsked(field) {
      if (field === country) return hasCountry;
      return field === postalCode ? asksCode() : true;
    },
    billingDetails() {
      const address = {
        country: hasCountry ? country.control.value : undefined,
        postal_code: asksCode() ? zip.value.trim() : undefined,
      };
      return { address };
    },
  };
}
