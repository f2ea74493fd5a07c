// Enter in a half-filled form goes to the next question; in a filled one it sends.

/**
 * @param {HTMLFormElement} form
 */
export function moveOnWithEnter(form) {
  form.addEventListener("keydown", (event) => {
    const { target } = event;
    const isAnswer = target instanceof HTMLInputElement && target.type !== "file";
    if (event.key !== "Enter" || event.isComposing || !isAnswer || form.checkValidity()) {
      return;
    }
    const next = stopsAfter(form, target).at(0);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

/**
 * Where Tab would stop, among the questions after this one.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} from
 * @returns {HTMLElement[]}
 */
function stopsAfter(form, from) {
  const controls = /** @type {HTMLInputElement[]} */ ([
    ...form.querySelectorAll("input:not([type=hidden]), textarea"),
  ]);
  const later = controls.slice(controls.indexOf(from) + 1);
  return later.filter(
    (one) => !one.disabled && one.checkVisibility() && isStop(one, from.name, controls),
  );
}

/**
 * @param {HTMLInputElement} one
 * @param {string} name The group of radio buttons that is left.
 * @param {HTMLInputElement[]} controls
 */
function isStop(one, name, controls) {
  if (one.type !== "radio") {
    return true;
  }
  const group = controls.filter((other) => other.name === one.name);
  const stop = group.find((other) => other.checked) ?? group[0];
  return one.name !== name && one === stop;
}
