// Experts who do not offer the chosen service cannot be chosen. The server
// refuses them anyway; this only says so earlier.

/**
 * @param {HTMLFormElement} form
 */
export function followOffers(form) {
  const services = /** @type {NodeListOf<HTMLInputElement>} */ (
    form.querySelectorAll("[data-service-choice]")
  );
  const experts = /** @type {NodeListOf<HTMLInputElement>} */ (
    form.querySelectorAll("[data-expert-choice]")
  );

  function update() {
    const service = [...services].find((choice) => choice.checked)?.value;
    experts.forEach((expert) => {
      const offers = (expert.dataset.offers ?? "").trim().split(" ");
      const isOffered = service === undefined || offers.includes(service);
      showOffer(expert, isOffered);
    });
  }

  services.forEach((choice) => choice.addEventListener("change", update));
  window.addEventListener("pageshow", update);
}

/**
 * @param {HTMLInputElement} expert
 * @param {boolean} isOffered
 */
function showOffer(expert, isOffered) {
  const wasChosen = expert.checked && !isOffered;
  expert.disabled = !isOffered;
  expert
    .closest("label")
    ?.querySelector("[data-not-offered]")
    ?.toggleAttribute("hidden", isOffered);
  if (wasChosen) {
    expert.checked = false;
    expert.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
