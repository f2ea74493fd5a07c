// How many characters are left, said only when the end is near.

// From here on it is worth knowing.
const NEAR = 0.8;

/**
 * @param {HTMLFormElement} form
 */
export function countLetters(form) {
  const texts = /** @type {NodeListOf<HTMLTextAreaElement>} */ (
    form.querySelectorAll("textarea[data-limit]")
  );
  const counts = [...texts].map((text) => countOf(text, form.dataset));
  const update = () => counts.forEach((count) => count());
  // Before anybody else hears of the input and asks whether it is good.
  form.addEventListener("input", update, { capture: true });
  form.addEventListener("restored", update);
  window.addEventListener("pageshow", update);
}

/**
 * @param {HTMLTextAreaElement} text
 * @param {DOMStringMap} words
 */
function countOf(text, words) {
  const limit = Number(text.dataset.limit);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const line = document.createElement("p");
  line.className = "field__count";
  line.hidden = true;
  text.after(line);

  return () => {
    const length = lengthOf(text.value);
    line.hidden = length < limit * NEAR;
    line.textContent = `${number.format(length)} / ${number.format(limit)}`;
    line.toggleAttribute("data-over", length > limit);
    text.setCustomValidity(
      length > limit
        ? (words.textTooLong ?? "").replace("{count}", number.format(length - limit))
        : "",
    );
  };
}

/**
 * As the server counts: whole characters, and two for a new line.
 *
 * @param {string} text
 */
function lengthOf(text) {
  return [...text.trim().replaceAll("\n", "\r\n")].length;
}
