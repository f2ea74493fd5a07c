// The Payment Element's form: its methods, its state and what it sends.

import { hasForm, makeForm } from "./method-form.js";
import { build } from "./build.js";
import { makeChooser } from "./method-chooser.js";
import { messageFor } from "../shared/error-messages.js";
import { textsFor } from "../shared/texts.js";

/**
 * @typedef {import("@stripe/stripe-js").StripeError} StripeError
 * @typedef {ReturnType<typeof makePaymentForm>} PaymentForm
 */

/**
 * @param {object} options
 * @param {string[]} options.types payment methods that the intent allows
 * @param {import("@stripe/stripe-js").StripePaymentElementOptions} options.element
 * @param {string} options.locale
 * @param {(state: any) => void} options.onChange told when the state is another one
 */
export function makePaymentForm({ types, element, locale, onChange }) {
  const texts = textsFor(locale);
  const forms = inOrder(types.filter(hasForm), element.paymentMethodOrder ?? []).map((type) =>
    makeForm(type, { locale, element }),
  );
  const layout = element.layout ?? "tabs";
  const chooser = makeChooser({ forms, layout, texts, onChoice: tellChange });
  const node = build(
    "form",
    { novalidate: true },
    chooser.node,
    build("p", { class: "SandboxNote" }, texts.sandbox),
  );
  let last = JSON.stringify(state());

  function current() {
    return forms.find(({ type }) => type === chooser.chosen());
  }

  function state() {
    const form = current();
    return {
      elementType: "payment",
      collapsed: !form,
      complete: Boolean(form?.fields().every(({ problem }) => problem() === null)),
      empty: form?.isEmpty() ?? true,
      value: { type: form?.type ?? "" },
    };
  }

  function tellChange() {
    const now = JSON.stringify(state());
    if (now === last) return;
    last = now;
    onChange(state());
  }

  /** @param {string} code @returns {{error: StripeError}} */
  function problemIs(code) {
    const message = messageFor(code, locale);
    return { error: { type: "validation_error", code, message } };
  }

  node.addEventListener("input", tellChange);
  node.addEventListener("submit", (event) => event.preventDefault());

  return {
    node,

    /**
     * Shows what is missing, puts the focus there, and says what the first of it is.
     *
     * @returns {{error?: StripeError, selectedPaymentMethod?: string}}
     */
    validate() {
      const form = current();
      if (!form) return problemIs("incomplete_payment_method");
      const wrong = form.fields().filter(({ problem }) => problem() !== null);
      for (const { show, problem } of wrong) show(problem());
      if (wrong.length === 0) return { selectedPaymentMethod: form.type };
      wrong[0].control.focus();
      return problemIs(wrong[0].problem() ?? "");
    },

    /**
     * @param {any} given `payment_method_data` of the merchant's confirmParams
     * @returns {object} the same, completed by what was typed here
     */
    paymentMethodData(given) {
      const form = /** @type {import("./method-form.js").MethodForm} */ (current());
      const details = [
        given?.billing_details,
        element.defaultValues?.billingDetails,
        form.billingDetails(),
      ];
      return { ...given, ...form.paymentMethodData(), billing_details: merge(details) };
    },

    /** @param {StripeError} error */
    showApiError(error) {
      current()?.showApiError(error);
    },

    focus() {
      const target = node.querySelector("input:not([type=radio]), input:checked, input");
      if (target instanceof HTMLElement) target.focus();
    },

    clear() {
      for (const form of forms) form.clear();
      tellChange();
    },

    collapse() {
      if (forms.length > 1) chooser.choose(null);
      tellChange();
    },
  };
}

/**
 * @param {string[]} types
 * @param {string[]} wished these first, in this order
 */
function inOrder(types, wished) {
  const first = wished.filter((type) => types.includes(type));
  return [...first, ...types.filter((type) => !first.includes(type))];
}

/**
 * @param {any[]} details later ones win, address line by address line
 * @returns {object}
 */
function merge(details) {
  /** @type {any} */
  const merged = {};
  for (const detail of details) {
    for (const [name, value] of Object.entries(detail ?? {})) {
      if (value === undefined || value === "") continue;
      merged[name] =
        typeof value === "object" && value !== null ? merge([merged[name], value]) : value;
    }
  }
  return merged;
}
