// A labelled input or list with its error below, as screen readers expect it.

import { build } from "./build.js";
import { messageFor } from "../shared/error-messages.js";

/**
 * @typedef {object} Field
 * @property {HTMLElement} node
 * @property {HTMLInputElement | HTMLSelectElement} control
 * @property {HTMLElement} box around the control, for icons
 * @property {(code: string | null, message?: string) => void} show puts an error below, or takes it away
 * @property {() => string | null} problem code of what is wrong now
 */

/**
 * In the card's form the control's id is `payment-<name>Input`, as in Stripe's own
 * Payment Element, which other people's tests look for.
 *
 * @param {object} options
 * @param {string} [options.scope] of the ids: two forms may ask for a name
 * @param {string} options.name
 * @param {string} options.label
 * @param {HTMLInputElement | HTMLSelectElement} options.control
 * @param {string} options.locale
 * @param {() => string | null} options.problem
 * @returns {Field}
 */
export function makeField({ scope, name, label, control, locale, problem }) {
  const id = `${scope ?? "payment"}-${name}Input`;
  const errorId = `${scope ?? "Field"}-${name}Error`;
  control.id = id;
  control.setAttribute("name", name);
  control.classList.add("Input");
  if (control instanceof HTMLInputElement) control.classList.add("Input--empty");
  const caption = build("label", { for: id, class: "Label" }, label);
  const error = build("p", { id: errorId, class: "Error", role: "alert" });
  const box = build("div", { class: "FieldBox" }, control);
  const node = build("div", { class: "Field", "data-field": name }, caption, box, error);

  /** @type {Field["show"]} */
  function show(code, message) {
    error.textContent = code ? (message ?? messageFor(code, locale) ?? code) : "";
    control.classList.toggle("Input--invalid", Boolean(code));
    caption.classList.toggle("Label--invalid", Boolean(code));
    if (code) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", errorId);
    } else {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  }

  // As Stripe's does: an error goes as soon as the field changes, and one of a field
  // that was left half filled appears when the person leaves it.
  control.addEventListener("input", () => {
    show(null);
    if (control instanceof HTMLInputElement) {
      control.classList.toggle("Input--empty", control.value === "");
    }
  });
  control.addEventListener("blur", () => {
    if (control.value !== "" && error.textContent === "") show(problem());
  });
  return { node, control, box, show, problem };
}
