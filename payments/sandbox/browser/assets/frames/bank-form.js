// Methods that go through the person's bank: redirects, and SEPA direct debit.

import { METHOD_NAMES, textsFor } from "../shared/texts.js";
import { ibanDigits, ibanProblem, groupIban } from "./iban.js";
import { build } from "./build.js";
import { makeField } from "./field.js";
import { wantsField } from "./wanted-fields.js";

/** @typedef {import("./method-form.js").MethodForm} MethodForm */
/** @typedef {import("./field.js").Field} Field */

/** @type {Record<string, ("name" | "email" | "iban")[]>} */
const QUESTIONS = {
  bancontact: ["name"],
  ideal: ["name"],
  sepa_debit: ["iban", "name", "email"],
};

/**
 * @param {"bancontact" | "ideal" | "sepa_debit"} type
 * @param {import("./method-form.js").FormOptions} options
 * @returns {MethodForm}
 */
export function makeBankForm(type, { locale, element }) {
  const texts = textsFor(locale);
  const given = element.defaultValues?.billingDetails ?? {};
  /** @type {Partial<Record<"name" | "email" | "iban", Field>>} */
  const asked = {};
  for (const question of QUESTIONS[type]) {
    const wanted = question === "iban" || wantsField(element.fields, type, question);
    if (wanted) asked[question] = MAKERS[question]({ scope: type, texts, locale, given });
  }
  const fields = Object.values(asked);
  const method = METHOD_NAMES[type] ?? texts.sepa;
  const note =
    type === "sepa_debit" ? texts.sepaNote : texts.redirectNote.replace("{method}", method);

  return {
    type,
    node: build(
      "div",
      { class: "Form" },
      ...fields.map(({ node }) => node),
      build("p", { class: type === "sepa_debit" ? "TermsText" : "RedirectText" }, note),
    ),
    fields: () => fields,
    isEmpty: () => fields.every(({ control }) => control.value === ""),
    billingDetails: () => ({
      name: asked.name?.control.value.trim(),
      email: asked.email?.control.value.trim(),
    }),
    paymentMethodData() {
      const iban = asked.iban && ibanDigits(asked.iban.control.value);
      return iban ? { type, sepa_debit: { iban } } : { type };
    },
    showApiError(error) {
      if (error.code === "invalid_iban") asked.iban?.show(error.code, error.message);
    },
    clear() {
      for (const { control, show } of fields) {
        control.value = "";
        control.dispatchEvent(new Event("input", { bubbles: true }));
        show(null);
      }
    },
  };
}

/**
 * @typedef {object} Asking
 * @property {string} scope
 * @property {import("../shared/texts.js").Texts} texts
 * @property {string} locale
 * @property {{name?: string, email?: string}} given
 */

/** @type {Record<"name" | "email" | "iban", (asking: Asking) => Field>} */
const MAKERS = {
  name({ scope, texts, locale, given }) {
    const control = build("input", {
      type: "text",
      autocomplete: "billing name",
      value: given.name,
      "aria-required": "true",
    });
    const problem = () => (control.value.trim() === "" ? "incomplete_name" : null);
    return makeField({ scope, name: "name", label: texts.name, control, locale, problem });
  },
  email({ scope, texts, locale, given }) {
    const control = build("input", {
      type: "email",
      autocomplete: "billing email",
      value: given.email,
      "aria-required": "true",
    });
    const problem = () => {
      if (control.value.trim() === "") return "incomplete_email";
      return control.validity.valid ? null : "invalid_email";
    };
    return makeField({ scope, name: "email", label: texts.email, control, locale, problem });
  },
  iban({ scope, texts, locale }) {
    const control = build("input", {
      type: "text",
      autocomplete: "off",
      placeholder: "FR00 0000 0000 0000 0000 0000 000",
      spellcheck: "false",
      "aria-required": "true",
    });
    control.addEventListener("blur", () => {
      control.value = groupIban(ibanDigits(control.value));
    });
    const problem = () => ibanProblem(ibanDigits(control.value));
    return makeField({ scope, name: "iban", label: texts.iban, control, locale, problem });
  },
};
