// The hidden form that takes a confirmed intent to our server: the page after it is
// an answer like any other, and a reload does not send it again.

import { requireElement } from "./require-element.js";

/**
 * @param {string | null} intentId null where the form names none.
 */
export function sendFinishForm(intentId) {
  const form = requireElement(document, "[data-finish]", HTMLFormElement);
  const field = form.querySelector("[data-finish-id]");
  if (field instanceof HTMLInputElement) {
    field.value = intentId ?? "";
  }
  form.submit();
}

/**
 * The intent that a bank's page sent the browser back with, if it did.
 *
 * @param {"payment_intent" | "setup_intent"} name
 * @returns {string | null}
 */
export function returnedWith(name) {
  return new URL(window.location.href).searchParams.get(name);
}
