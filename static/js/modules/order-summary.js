// The summary follows the chosen service and expert.

import { requireElement } from "./require-element.js";

/**
 * @param {HTMLFormElement} form
 */
export function followChoices(form) {
  const summary = requireElement(form, "[data-summary]", HTMLElement);
  const service = requireElement(summary, "[data-summary-service]", HTMLElement);
  const price = requireElement(summary, "[data-summary-price]", HTMLElement);
  const expert = requireElement(summary, "[data-summary-expert]", HTMLElement);
  const portrait = requireElement(summary, "[data-summary-portrait]", HTMLElement);

  function update() {
    const chosenService = chosen(form, "[data-service-choice]:checked");
    const chosenExpert = chosen(form, "[data-expert-choice]:checked");
    setText(service, chosenService?.dataset.label ?? service.dataset.empty ?? "");
    service.toggleAttribute("data-none", !chosenService);
    markLanguage(service, chosenService);
    setText(expert, chosenExpert?.dataset.label ?? expert.dataset.empty ?? "");
    copyInto(price, chosenService, "[data-choice-price]");
    copyInto(portrait, chosenExpert, "[data-choice-portrait]");
  }

  form.addEventListener("change", update);
  form.addEventListener("restored", update);
  window.addEventListener("pageshow", update);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} selector
 * @returns {HTMLInputElement | null}
 */
function chosen(form, selector) {
  return form.querySelector(selector);
}

/**
 * What is French on an English page is marked so where it is chosen, and here.
 *
 * @param {HTMLElement} element
 * @param {HTMLInputElement | null} choice
 */
function markLanguage(element, choice) {
  const name = choice?.closest("label")?.querySelector(".choice__name");
  const language = name?.getAttribute("lang");
  if (language) {
    element.lang = language;
  } else {
    element.removeAttribute("lang");
  }
}

/**
 * A screen reader speaks again what is written again: write only what is new.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * @param {HTMLElement} target
 * @param {HTMLInputElement | null} choice
 * @param {string} part
 */
function copyInto(target, choice, part) {
  const source = choice?.closest("label")?.querySelector(part);
  const copies = source ? [...source.cloneNode(true).childNodes] : [];
  if (target.innerHTML !== (source?.innerHTML ?? "")) {
    target.replaceChildren(...copies);
  }
}
