// A card form, from the first state of its page to the last. The pages differ in what
// they ask the server for, how they confirm it, and where they go afterwards.

import { CardFormFailed, mountCardForm } from "./card-form.js";
import { loadStripe, StripeMissing } from "./load-stripe.js";
import { PaymentMachine } from "./payment-machine.js";
import { PaymentView } from "./payment-view.js";

/** @import { Stripe, StripeConstructor, StripeElements } from "@stripe/stripe-js" */
/** @import { IntentAnswer, Payable } from "./ask-for-intent.js" */
/** @import { Confirm, Outcome } from "./confirm-intent.js" */

/**
 * @typedef {object} Counter What one page does its own way.
 * @property {{ publishableKey: string, locale: "fr" | "en",
 *   messages: Record<string, string> }} config
 * @property {string} returnUrl Where a bank's page sends the browser back to.
 * @property {(onTrouble: () => void) => Promise<IntentAnswer>} ask
 * @property {Confirm} confirm
 * @property {() => Promise<boolean>} isSettled Whether there is nothing left to do here.
 * @property {(intentId: string) => Promise<void>} [tell] Told of a success, before it leaves.
 * @property {(intentId: string | null) => void} leave Back must not come here again.
 * @property {(payable: Payable) => void} [opened] The form can be used.
 *
 * @typedef {{ stripe: Stripe, elements: StripeElements, clientSecret: string,
 *   remove: () => void }} OpenPayment
 */

/**
 * @param {Counter} counter
 * @returns {{ payWith: (confirm: Confirm) => Promise<void> }} For a second button.
 */
export function takePayment(counter) {
  const { config } = counter;
  const view = new PaymentView();
  const machine = new PaymentMachine((state) => view.show(state));

  /** @type {OpenPayment | null} */
  let open = null;

  async function start() {
    try {
      const Stripe = await loadStripe(view.stripeUrl);
      const answer = await counter.ask(() => view.waitForConnection());
      if (answer.kind === "settled") {
        leave(null);
      } else if (answer.kind === "refused") {
        failWithoutForm(answer.message || config.messages.fallback);
        comeBackIn(answer.retryAfterS);
      } else if (answer.kind === "unreachable") {
        failWithoutForm(whyNot(answer));
      } else {
        open = await openPayment(Stripe, answer);
        machine.send("loaded");
        counter.opened?.(answer);
      }
    } catch (problem) {
      // Stripe.js or its card form did not come: because it was paid in another
      // tab, or because the line is bad.
      if (await counter.isSettled()) {
        leave(null);
      } else {
        failWithoutForm(whyNot(problem));
      }
    }
  }

  /**
   * What the person can do about it, when nothing could be opened.
   *
   * @param {unknown} problem
   */
  function whyNot(problem) {
    if (!navigator.onLine) {
      return view.texts.offline;
    }
    const isStripes = problem instanceof StripeMissing || problem instanceof CardFormFailed;
    return isStripes ? view.texts.blocked : view.texts.unreachable;
  }

  /**
   * @param {StripeConstructor} Stripe
   * @param {Payable} payable
   * @returns {Promise<OpenPayment>}
   */
  async function openPayment(Stripe, payable) {
    const stripe = Stripe(config.publishableKey, { locale: config.locale });
    const form = await mountCardForm(stripe, view.place, {
      clientSecret: payable.clientSecret,
      customerSessionClientSecret: payable.customerSessionClientSecret,
      locale: config.locale,
      fontUrl: view.fontUrl,
    });
    return { stripe, clientSecret: payable.clientSecret, ...form };
  }

  /** @param {Confirm} confirm */
  async function payWith(confirm) {
    if (!open || !machine.send("submit")) {
      return;
    }
    view.hideError();
    const { stripe, elements, clientSecret } = open;
    try {
      const intent = { clientSecret, returnUrl: counter.returnUrl };
      await follow(await confirm(stripe, elements, intent));
    } catch {
      fail(config.messages.fallback);
    }
  }

  /** @param {Outcome} outcome */
  async function follow(outcome) {
    switch (outcome.kind) {
      case "succeeded":
        machine.send("succeed");
        await counter.tell?.(outcome.intentId);
        return leave(outcome.intentId);
      case "processing":
        return leave(null);
      case "incomplete":
        return fail(view.texts.incomplete);
      case "unfinished":
        return fail(view.texts.unfinished);
      case "void":
        return failWithoutForm(config.messages.fallback);
      case "declined":
        return fail(sentence(outcome.codes));
    }
  }

  /**
   * Never Stripe's own text: a sentence of ours for the first code that has one.
   *
   * @param {string[]} codes The most precise first.
   */
  function sentence(codes) {
    const known = codes.find((code) => Object.hasOwn(config.messages, code));
    return config.messages[known ?? "fallback"];
  }

  /**
   * The same card form can be tried again.
   *
   * @param {string} message
   */
  function fail(message) {
    machine.send("fail");
    view.showError(message);
    machine.send("retry");
  }

  /**
   * There is no card form to try again with: only "Réessayer".
   *
   * @param {string} message
   */
  function failWithoutForm(message) {
    open?.remove();
    open = null;
    machine.send("fail");
    view.offerRestart();
    view.showError(message);
  }

  /**
   * Too many tries: the page tries again by itself when it may.
   *
   * @param {number | undefined} wait_s
   */
  function comeBackIn(wait_s) {
    if (wait_s) {
      setTimeout(restart, wait_s * 1_000);
    }
  }

  function restart() {
    if (machine.send("restart")) {
      view.hideError();
      start();
    }
  }

  /** @param {string | null} intentId */
  function leave(intentId) {
    machine.send("succeed");
    counter.leave(intentId);
  }

  view.onSubmit(() => payWith(counter.confirm));
  view.onRestart(restart);
  view.onCancel(() => machine.send("cancel"));
  // Nobody has to press a button for what the line alone stopped.
  window.addEventListener("online", restart);

  // The back button shows the page as it was left; things may have moved on.
  window.addEventListener("pageshow", async (event) => {
    if (!event.persisted) {
      return;
    }
    if (await counter.isSettled()) {
      leave(null);
    } else if (machine.state !== "ready") {
      window.location.reload();
    }
  });

  start();
  return { payWith };
}
