// What is missing or wrong is said before the form is sent, with the server's own
// sentences: above the form, with links, and beside each field.

import { requireElement } from "./require-element.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * @param {HTMLFormElement} form
 */
export function checkAnswers(form) {
  const summary = requireElement(form, "[data-error-summary]", HTMLElement);
  const list = requireElement(summary, "[data-error-list]", HTMLElement);
  const fields = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-field]"));
  // The browser's own bubbles name one mistake at a time, in a language of their own.
  form.noValidate = true;

  form.addEventListener("submit", (event) => {
    const wrong = [...fields].filter((field) => showProblem(form, field, problemOf(field)));
    form.dispatchEvent(new Event("checked"));
    if (wrong.length === 0) {
      summary.hidden = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    list.replaceChildren(...wrong.map(linkTo));
    summary.hidden = false;
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  });

  // A mistake that was told is taken back as soon as it is mended…
  form.addEventListener("input", ({ target }) => {
    const field = fieldOf(target);
    if (field?.matches(".field--invalid")) {
      showProblem(form, field, problemOf(field));
    }
  });

  // …and one that nobody told yet is told when the field is left, unless it is empty.
  form.addEventListener("change", ({ target }) => {
    const field = fieldOf(target);
    if (field && hasAnswer(/** @type {Control} */ (target))) {
      showProblem(form, field, problemOf(field));
      form.dispatchEvent(new Event("checked"));
    }
  });

  summary.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const field = link && form.querySelector(link.hash)?.closest("[data-field]");
    if (field instanceof HTMLElement) {
      event.preventDefault();
      goTo(field);
    }
  });
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
function fieldOf(target) {
  return target instanceof Element ? target.closest("[data-field]") : null;
}

/**
 * @param {HTMLElement} field
 * @returns {Control[]}
 */
function controlsOf(field) {
  return [...field.querySelectorAll("input, textarea, select")].map(
    (control) => /** @type {Control} */ (control),
  );
}

/**
 * @param {Control} control
 */
function hasAnswer(control) {
  return control instanceof HTMLInputElement && control.type === "radio"
    ? control.checked
    : control.value.trim() !== "";
}

/**
 * @param {HTMLElement} field
 * @returns {string} What is wrong with it, or nothing.
 */
function problemOf(field) {
  const wrong = controlsOf(field).find((one) => one.willValidate && !isGood(one));
  if (wrong === undefined) {
    return "";
  }
  if (wrong.validity.customError) {
    return wrong.validationMessage;
  }
  const isMissing = wrong.validity.valueMissing || wrong.value.trim() === "";
  const texts = { ...field.dataset, ...wrong.dataset };
  return (isMissing ? texts.missing : texts.invalid) || wrong.validationMessage;
}

/**
 * @param {Control} control
 */
function isGood(control) {
  return control.validity.valid && !(control.required && control.value.trim() === "");
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} field
 * @param {string} problem
 * @returns {boolean} Whether there is one.
 */
function showProblem(form, field, problem) {
  const [control] = controlsOf(field);
  const described = field.matches("fieldset") ? field : control;
  const id = `${described.id}_error`;
  const others = (described.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter((one) => one !== "" && one !== id);
  field.querySelector(".field__errors")?.remove();
  field.classList.toggle("field--invalid", problem !== "");
  if (problem !== "") {
    others.push(id);
    place(field, errorBox(form, id, problem));
  }
  described.setAttribute("aria-describedby", others.join(" "));
  if (described === control) {
    control.setAttribute("aria-invalid", String(problem !== ""));
  }
  return problem !== "";
}

/**
 * @param {HTMLElement} field
 * @param {HTMLElement} box
 */
function place(field, box) {
  const title = field.querySelector(".step__title");
  if (title) {
    title.after(box);
  } else {
    field.append(box);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} id
 * @param {string} problem
 */
function errorBox(form, id, problem) {
  const template = requireElement(form, "[data-field-error]", HTMLTemplateElement);
  const sentence = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  requireElement(sentence, "[data-text]", HTMLElement).textContent = problem;
  const box = document.createElement("div");
  box.id = id;
  box.className = "field__errors";
  box.append(sentence);
  return box;
}

/**
 * @param {HTMLElement} field
 */
function linkTo(field) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const [control] = controlsOf(field);
  link.href = `#${field.matches("fieldset") ? field.id : control.id}`;
  link.textContent = problemOf(field);
  item.append(link);
  return item;
}

/**
 * @param {HTMLElement} field
 */
function goTo(field) {
  const folded = field.closest("details");
  if (folded) {
    folded.open = true;
  }
  field.scrollIntoView({ block: "center" });
  controlsOf(field)
    .find((control) => !control.disabled)
    ?.focus({ preventScroll: true });
}
