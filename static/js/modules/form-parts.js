// How far each part of the form is: beside its title, and in the list of parts.

import { requireElement } from "./require-element.js";

/** @typedef {"done" | "todo" | "wrong"} State */

/**
 * @param {HTMLFormElement} form
 */
export function followParts(form) {
  const list = requireElement(form, "[data-parts]", HTMLElement);
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (list.querySelectorAll("a"));

  function update() {
    links.forEach((link) => {
      const part = requireElement(form, link.hash, HTMLElement);
      const state = stateOf(part);
      part.toggleAttribute("data-done", state === "done");
      link.closest("li")?.setAttribute("data-state", state);
      const text = requireElement(link, "[data-state-text]", HTMLElement);
      text.textContent = `, ${list.getAttribute(`data-text-${state}`) ?? ""}`;
    });
  }

  for (const name of ["input", "change", "checked", "restored"]) {
    form.addEventListener(name, update);
  }
  window.addEventListener("pageshow", update);
}

/**
 * @param {HTMLElement} part
 * @returns {State}
 */
function stateOf(part) {
  if (part.matches(".field--invalid") || part.querySelector(".field--invalid")) {
    return "wrong";
  }
  const controls = /** @type {NodeListOf<HTMLInputElement>} */ (
    part.querySelectorAll("input, textarea, select")
  );
  return [...controls].every((control) => control.validity.valid) ? "done" : "todo";
}
