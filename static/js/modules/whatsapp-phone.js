// A number is asked for when the reading comes by WhatsApp, and only then is it sent.
// What shows and hides it is the style sheet.

import { requireElement } from "./require-element.js";

/**
 * @param {HTMLFormElement} form
 */
export function askForPhone(form) {
  const box = requireElement(form, "[data-whatsapp-phone]", HTMLElement);
  const phone = requireElement(box, "input", HTMLInputElement);
  const whatsapp = requireElement(form, "[value=whatsapp]", HTMLInputElement);

  function update() {
    phone.required = whatsapp.checked;
    phone.disabled = !whatsapp.checked && !box.querySelector(".field--invalid");
  }

  form.addEventListener("change", update, { capture: true });
  form.addEventListener("restored", update);
  window.addEventListener("pageshow", update);
}
