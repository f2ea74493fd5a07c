// The refund form: the choice "all or a part" and the amount say the same thing.
// Without this script the server compares the two.

for (const form of document.querySelectorAll("[data-refund-amount]")) {
  bind(/** @type {HTMLFormElement} */ (form));
}

/** @param {HTMLFormElement} form */
function bind(form) {
  const amount = /** @type {HTMLInputElement} */ (form.elements.namedItem("amount"));
  const choices = /** @type {RadioNodeList} */ (form.elements.namedItem("how"));

  amount.addEventListener("input", () => {
    choices.value = amount.value === amount.dataset.all ? "all" : "part";
  });
  form.addEventListener("change", (event) => {
    const changed = /** @type {HTMLInputElement} */ (event.target);
    if (changed.name !== "how") {
      return;
    }
    amount.value = changed.value === "all" ? (amount.dataset.all ?? "") : "";
  });
}
