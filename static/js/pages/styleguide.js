// styleguide/page.html: each token shows itself, by the property it is made for.

document.querySelectorAll("[data-token]").forEach((box) => {
  if (box instanceof HTMLElement) {
    box.style[/** @type {"width"} */ (box.dataset.shows)] = `var(--${box.dataset.token})`;
  }
});
