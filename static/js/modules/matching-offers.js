// Services and experts that do not go together. Nothing is locked: the last choice
// counts, the other one is put aside, and comes back as soon as it fits again.

import { requireElement } from "./require-element.js";

/**
 * @typedef {"service" | "expert"} Kind
 * @typedef {NodeListOf<HTMLInputElement>} Radios
 */

/**
 * @param {HTMLFormElement} form
 */
export function matchOffers(form) {
  const services = /** @type {Radios} */ (form.querySelectorAll("[data-service-choice]"));
  const experts = /** @type {Radios} */ (form.querySelectorAll("[data-expert-choice]"));
  /** What the person wants, also while it is put aside.
   * @type {Record<Kind, HTMLInputElement | undefined>} */
  const wanted = { service: chosen(services), expert: chosen(experts) };

  /**
   * @param {Kind} kind The one that was just chosen.
   */
  function settle(kind) {
    const other = kind === "service" ? "expert" : "service";
    const { service, expert } = wanted;
    if (!service || !expert) {
      return;
    }
    const fits = isOffered(service, expert);
    sayMoved(form, kind, null);
    sayMoved(form, other, fits ? null : wanted);
    const one = /** @type {HTMLInputElement} */ (wanted[other]);
    if (one.checked !== fits) {
      one.checked = fits;
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function mark() {
    const [service, expert] = [chosen(services), chosen(experts)];
    experts.forEach((one) => markOne(one, !service || isOffered(service, one), one));
    services.forEach((one) => markOne(one, !expert || isOffered(one, expert), expert));
  }

  /**
   * @param {Kind} kind
   * @param {Event} event
   */
  function follow(kind, event) {
    // What settle() sends itself is no wish of the person.
    if (event.isTrusted && event.target instanceof HTMLInputElement) {
      wanted[kind] = event.target;
      settle(kind);
    }
    mark();
  }

  function start() {
    wanted.service = chosen(services);
    wanted.expert = chosen(experts);
    settle("service");
    mark();
  }

  services.forEach((one) => one.addEventListener("change", (event) => follow("service", event)));
  experts.forEach((one) => one.addEventListener("change", (event) => follow("expert", event)));
  form.addEventListener("restored", start);
  window.addEventListener("pageshow", start);
}

/**
 * @param {Radios} radios
 */
function chosen(radios) {
  return [...radios].find((one) => one.checked);
}

/**
 * @param {HTMLInputElement} service
 * @param {HTMLInputElement} expert
 */
function isOffered(service, expert) {
  return (expert.dataset.offers ?? "").split(" ").includes(service.value);
}

/**
 * @param {HTMLInputElement} radio
 * @param {boolean} fits
 * @param {HTMLInputElement | undefined} expert Who does not offer it.
 */
function markOne(radio, fits, expert) {
  const card = radio.closest("label");
  const note = card?.querySelector("[data-not-offered]");
  if (!(note instanceof HTMLElement)) {
    return;
  }
  card?.classList.toggle("choice--absent", !fits);
  note.hidden = fits;
  note.textContent = (note.dataset.text ?? "").replace("{name}", expert?.dataset.label ?? "");
}

/**
 * @param {HTMLFormElement} form
 * @param {Kind} kind The choice that was put aside.
 * @param {Record<Kind, HTMLInputElement | undefined> | null} pair
 */
function sayMoved(form, kind, pair) {
  const note = requireElement(form, `[data-moved="${kind}"]`, HTMLElement);
  note.hidden = pair === null;
  note.textContent = pair
    ? (note.dataset.text ?? "")
        .replace("{expert}", pair.expert?.dataset.label ?? "")
        .replace("{service}", pair.service?.dataset.label ?? "")
    : "";
}
