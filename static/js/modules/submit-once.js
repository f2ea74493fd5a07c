// Forms marked data-submit-once are sent once, even on a double click.

/**
 * @param {HTMLFormElement} form
 */
export function submitOnce(form) {
  const buttons = form.querySelectorAll("[type=submit]");

  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    buttons.forEach((button) => button.setAttribute("aria-busy", "true"));
  });

  function unlock() {
    form.removeAttribute("data-sent");
    buttons.forEach((button) => button.removeAttribute("aria-busy"));
  }

  // The back button restores the page as it was left.
  window.addEventListener("pageshow", unlock);
  form.addEventListener("unlock", unlock);
}

/** Every such form of the page. */
export function submitFormsOnce() {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll("form[data-submit-once]")
  );
  forms.forEach(submitOnce);
}
