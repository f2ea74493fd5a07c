// Sending offline is not tried; a slow one says so and may be repeated: the form
// carries a key, and a form that comes twice is one order.

import { requireElement } from "./require-element.js";

const SLOW_MS = 10_000;

/**
 * @param {HTMLFormElement} form
 */
export function sendPatiently(form) {
  const trouble = requireElement(form, "[data-sending-trouble]", HTMLElement);
  let later = 0;

  /**
   * @param {string | undefined} text
   */
  function say(text) {
    trouble.hidden = !text;
    trouble.textContent = text ?? "";
  }

  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(trouble.dataset.textOffline);
      return;
    }
    say("");
    window.clearTimeout(later);
    later = window.setTimeout(() => {
      say(trouble.dataset.textSlow);
      form.dispatchEvent(new Event("unlock"));
    }, SLOW_MS);
  });

  window.addEventListener("online", () => say(""));
  window.addEventListener("pagehide", () => window.clearTimeout(later));
  window.addEventListener("pageshow", () => say(""));
}
