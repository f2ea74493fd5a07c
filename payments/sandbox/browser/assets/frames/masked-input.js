// An input that groups its digits while they are typed and keeps the caret in place.

/**
 * @param {HTMLInputElement} input
 * @param {(text: string) => string} clean what was typed → the digits that count
 * @param {(digits: string) => string} format digits → what is shown
 */
export function maskInput(input, clean, format) {
  input.addEventListener("input", (event) => {
    const caret = input.selectionStart ?? input.value.length;
    const atEnd = caret === input.value.length;
    const isDeleting =
      event instanceof InputEvent && event.inputType.startsWith("delete");
    const digits = clean(input.value);
    const shown = format(digits);
    // A separator just deleted must not come back under the caret.
    const text = isDeleting && atEnd ? shown.replace(/\D+$/, "") : shown;
    const before = clean(input.value.slice(0, caret)).length;
    if (input.value === text) return;
    input.value = text;
    const place = atEnd ? text.length : placeAfter(text, before);
    input.setSelectionRange(place, place);
  });
}

/**
 * @param {string} text
 * @param {number} count
 * @returns {number} the place right after that many digits
 */
function placeAfter(text, count) {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (seen === count) return at;
    if (/\d/.test(text[at])) seen += 1;
  }
  return text.length;
}
