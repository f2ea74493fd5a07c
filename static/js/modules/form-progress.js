// How many parts of a long form are filled in.

import { requireElement } from "./require-element.js";

/**
 * @param {HTMLFormElement} form
 */
export function showProgress(form) {
  const box = requireElement(form, "[data-progress]", HTMLElement);
  const meter = requireElement(box, "[data-progress-meter]", HTMLProgressElement);
  const count = requireElement(box, "[data-progress-count]", HTMLElement);
  const total = requireElement(box, "[data-progress-total]", HTMLElement);
  const steps = [...form.querySelectorAll("[data-step]")];

  function update() {
    steps.forEach((step) => step.toggleAttribute("data-done", isFilled(step)));
    const done = steps.filter((step) => step.hasAttribute("data-done")).length;
    meter.value = done;
    count.textContent = String(done);
  }

  meter.max = steps.length;
  total.textContent = String(steps.length);
  box.hidden = false;
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  window.addEventListener("pageshow", update);
}

/**
 * @param {Element} step
 */
function isFilled(step) {
  const controls = /** @type {NodeListOf<HTMLInputElement>} */ (
    step.querySelectorAll("input, textarea, select")
  );
  return [...controls].every((control) => control.validity.valid);
}
