// The Payment Element's form: its methods, its state and what it sends.

import { hasForm, makeForm } from "./method-form.js";
import { build } from "./build.js";
import { makeChooser } from "./method-chooser.js";
import { makeSaveBox, makeSavedForm } from "./saved-cards.js";
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
 * @param {import("./load-saved-cards.js").SavedCards} options.saved
 * @param {any} options.intent null without one
 * @param {(state: any) => void} options.onChange told when the state is another one
 * @param {(card: any) => void} options.onForget told which saved card is to go
 */
export function makePaymentForm({ types, element, locale, saved, intent, onChange, onForget }) {
  const texts = textsFor(locale);
  const forms = inOrder(types.filter(hasForm), element.paymentMethodOrder ?? []).map((type) =>
    makeForm(type, { locale, element }),
  );
  const cardForm = forms.find(({ type }) => type === "card");
  const saveBox = cardForm && makeSaveBox({ texts, features: saved.features, intent });
  if (saveBox) cardForm.node.append(saveBox.node);
  const savedForm = cardForm && makeSavedForm({ texts, saved, onForget });
  if (savedForm) forms.unshift(savedForm);
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
      value: { type: form === savedForm ? "card" : (form?.type ?? "") },
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
      if (wrong.length === 0) {
        return { selectedPaymentMethod: form === savedForm ? "card" : form.type };
      }
      wrong[0].control.focus();
      return problemIs(wrong[0].problem() ?? "");
    },

    /**
     * @param {any} given `payment_method_data` of the merchant's confirmParams
     * @returns {any} parameters: a saved method, or `given` completed by what was typed
     */
    method(given) {
      const form = /** @type {import("./method-form.js").MethodForm} */ (current());
      if (savedForm && form === savedForm) return { payment_method: savedForm.chosen() };
      const details = [
        given?.billing_details,
        element.defaultValues?.billingDetails,
        form.billingDetails(),
      ];
      const consent = form === cardForm && saveBox ? saveBox.consent() : {};
      const { setup_future_usage, ...redisplay } = consent;
      const typed = { ...given, ...form.paymentMethodData(), ...redisplay };
      return {
        payment_method_data: { ...typed, billing_details: merge(details) },
        setup_future_usage,
      };
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
