// A button that prints the page; without a script there is none.

/** @param {ParentNode} page */
export function offerPrint(page) {
  const button = page.querySelector("[data-print]");
  if (button instanceof HTMLElement) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
