// What somebody wrote and did not send yet. In this tab only: it ends with it.

const NAME = "lumira-order";
// Under this name a draft knows that it was sent once: then a paid order ends it.
const SENT = "!";

/** @typedef {Record<string, string>} Draft */

/**
 * @returns {Draft | null}
 */
export function readDraft() {
  try {
    return JSON.parse(window.sessionStorage.getItem(NAME) ?? "null");
  } catch {
    // No storage in this browser, or not for us.
    return null;
  }
}

/**
 * @param {Draft} draft
 */
export function writeDraft(draft) {
  try {
    const mark = wasSent() ? { [SENT]: "" } : {};
    window.sessionStorage.setItem(NAME, JSON.stringify({ ...draft, ...mark }));
  } catch {
    // Nothing is kept then; the form works all the same.
  }
}

/**
 * @param {Draft} draft
 */
export function writeSentDraft(draft) {
  writeDraft({ ...draft, [SENT]: "" });
}

/** Not what is being written, while somebody looks at an older order. */
export function forgetSentDraft() {
  if (wasSent()) {
    forgetDraft();
  }
}

export function forgetDraft() {
  try {
    window.sessionStorage.removeItem(NAME);
  } catch {
    // There was nothing.
  }
}

function wasSent() {
  return readDraft()?.[SENT] !== undefined;
}
