// What the payment page shows in each of its states.

import { hideError, showError } from "./error-box.js";
import { requireElement } from "./require-element.js";

/** @import { PaymentState } from "./payment-machine.js" */

export class PaymentView {
  #form = requireElement(document, "[data-payment]", HTMLFormElement);
  #submit = requireElement(this.#form, "[data-payment-submit]", HTMLButtonElement);
  #retry = requireElement(this.#form, "[data-payment-retry]", HTMLButtonElement);
  #cancel = requireElement(this.#form, "[data-payment-cancel]", HTMLAnchorElement);
  #error = requireElement(this.#form, "[data-payment-error]", HTMLElement);
  #errorText = requireElement(this.#form, "[data-payment-error-text]", HTMLElement);
  #waiting = requireElement(this.#form, "[data-waiting-text]", HTMLElement);
  #preparing = this.#waiting.textContent ?? "";

  place = requireElement(this.#form, "[data-payment-element]", HTMLElement);

  /** The page's own sentences, in the reader's language. */
  texts = {
    connection: this.#form.dataset.textConnection ?? "",
    unreachable: this.#form.dataset.textUnreachable ?? "",
    blocked: this.#form.dataset.textBlocked ?? "",
    offline: this.#form.dataset.textOffline ?? "",
    incomplete: this.#form.dataset.textIncomplete ?? "",
    unfinished: this.#form.dataset.textUnfinished ?? "",
  };

  get stripeUrl() {
    return this.#form.dataset.stripeJs ?? "";
  }

  get fontUrl() {
    return new URL(this.#form.dataset.font ?? "", document.baseURI).href;
  }

  /** @param {PaymentState} state */
  show(state) {
    const isBusy = state === "processing" || state === "success";
    this.#form.dataset.state = state;
    this.#submit.disabled = state !== "ready";
    this.#submit.setAttribute("aria-busy", String(isBusy));
    if (state === "initializing") {
      this.#waiting.textContent = this.#preparing;
      this.#submit.hidden = false;
      this.#retry.hidden = true;
    }
  }

  waitForConnection() {
    this.#waiting.textContent = this.texts.connection;
  }

  offerRestart() {
    this.#submit.hidden = true;
    this.#retry.hidden = false;
  }

  /** @param {string} message */
  showError(message) {
    showError(this.#error, this.#errorText, message);
  }

  hideError() {
    hideError(this.#error);
  }

  /** @param {() => void} action */
  onSubmit(action) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      action();
    });
  }

  /** @param {() => void} action */
  onRestart(action) {
    this.#retry.addEventListener("click", action);
  }

  /** @param {() => void} action */
  onCancel(action) {
    this.#cancel.addEventListener("click", action);
  }
}
