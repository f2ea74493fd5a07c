// A sentence that says what went wrong: spoken at once, and given the focus so
// that a keyboard goes on from there.

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} text
 * @param {string} message
 */
export function showError(box, text, message) {
  text.textContent = message;
  box.hidden = false;
  box.focus();
}

/**
 * @param {HTMLElement} box
 */
export function hideError(box) {
  box.hidden = true;
}
