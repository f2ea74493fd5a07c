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

  // The back button restores the page as it was left: unlock it.
  window.addEventListener("pageshow", () => {
    form.removeAttribute("data-sent");
    buttons.forEach((button) => button.removeAttribute("aria-busy"));
  });
}

/** Every such form of the page. */
export function submitFormsOnce() {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll("form[data-submit-once]")
  );
  forms.forEach(submitOnce);
}
