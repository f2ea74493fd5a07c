// Answers survive a reload, the way back, another language and an ended session, in
// this tab (draft-store.js). The confirmation forgets them, or the person does.

import { forgetDraft, readDraft, writeDraft, writeSentDraft } from "./draft-store.js";
import { requireElement } from "./require-element.js";

// Under this name the draft knows which choice its page's address asked for.
const ASKED = "?";
const NOT_KEPT = ["csrfmiddlewaretoken", "pictures"];
// What makes a form that is sent twice one order.
const KEY = "request_id";

/** @import { Draft } from "./draft-store.js" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */

/**
 * @param {HTMLFormElement} form
 */
export function keepAnswers(form) {
  const notice = requireElement(form, "[data-kept]", HTMLElement);
  const forget = requireElement(notice, "[data-forget]", HTMLButtonElement);
  const draft = readDraft();

  // A form that comes back from the server brings its answers along.
  if (draft && !form.hasAttribute("data-bound")) {
    notice.hidden = !putBack(form, draft);
    writeDraft(draftOf(form));
    form.dispatchEvent(new Event("restored"));
  }

  form.addEventListener("input", () => writeDraft(draftOf(form)));
  form.addEventListener("change", () => writeDraft(draftOf(form)));
  form.addEventListener("submit", () => writeSentDraft(draftOf(form)));

  forget.addEventListener("click", () => {
    forgetDraft();
    form.reset();
    notice.hidden = true;
    form.dispatchEvent(new Event("restored"));
    requireElement(form, "[data-service-choice]", HTMLInputElement).focus();
  });
}

/**
 * @param {HTMLFormElement} form
 * @returns {Control[]}
 */
function controlsOf(form) {
  return /** @type {Control[]} */ ([...form.querySelectorAll("input, textarea")]).filter(
    (control) => control.name !== "" && !NOT_KEPT.includes(control.name),
  );
}

/**
 * @param {Control} control
 */
function isRadio(control) {
  return control.type === "radio";
}

/**
 * @param {HTMLFormElement} form
 */
function draftOf(form) {
  /** @type {Draft} */
  const draft = { [ASKED]: asked() };
  for (const control of controlsOf(form)) {
    if (!isRadio(control) || /** @type {HTMLInputElement} */ (control).checked) {
      draft[control.name] = control.value;
    }
  }
  return draft;
}

/** The same form once more. Who comes anew begins another order. */
function isSameVisit() {
  const [visit] = window.performance.getEntriesByType("navigation");
  const type = /** @type {PerformanceNavigationTiming | undefined} */ (visit)?.type;
  return type === "reload" || type === "back_forward";
}

function asked() {
  const address = new URL(window.location.href).searchParams;
  return `${address.get("service") ?? ""} ${address.get("expert") ?? ""}`;
}

/**
 * A choice that the address asks for anew counts more than an older one.
 *
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 * @returns {boolean} Whether something was written there by hand.
 */
function putBack(form, draft) {
  const isAskedAnew = asked() !== draft[ASKED] && asked().trim() !== "";
  let wasWritten = false;
  for (const control of controlsOf(form)) {
    const kept = draft[control.name];
    const isChoice = control.name === "service" || control.name === "expert";
    if (kept === undefined || (isChoice && isAskedAnew)) {
      continue;
    }
    if (control.name === KEY && !isSameVisit()) {
      continue;
    }
    if (isRadio(control)) {
      /** @type {HTMLInputElement} */ (control).checked = control.value === kept;
      continue;
    }
    control.value = kept;
    if (control.type !== "hidden" && kept !== "") {
      wasWritten = true;
      control.closest("details")?.setAttribute("open", "");
    }
  }
  return wasWritten;
}
